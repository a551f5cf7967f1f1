#include "widgets/composer/emojigridaccessible.h"

#include "widgets/composer/emojigrid.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace confab {

namespace {

/// One emoji, known by its number.
class AccessibleEmoji : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleEmoji(EmojiGrid *grid, int number)
        : m_grid(grid)
        , m_number(number)
    {
    }

    int number() const { return m_number; }
    bool isValid() const override { return m_grid && !m_grid->rectAt(m_number).isNull(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_grid ? m_grid->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override
    {
        return m_grid ? QAccessible::queryAccessibleInterface(m_grid.data()) : nullptr;
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override { }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? m_grid->nameAt(m_number) : QString();
    }

    QRect rect() const override
    {
        const QRect local = isValid() ? m_grid->rectAt(m_number) : QRect();
        return local.translated(isValid() ? m_grid->viewport()->mapToGlobal(QPoint()) : QPoint());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        if (!isValid())
            return state;
        state.focusable = true;
        state.selectable = true;
        state.focused = state.selected = m_grid->isVisible() && m_grid->currentNumber() == m_number;
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override { return {pressAction()}; }

    void doAction(const QString &name) override
    {
        if (isValid() && name == pressAction())
            m_grid->pick(m_number);
    }

    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<EmojiGrid> m_grid;
    int m_number;
};

class AccessibleEmojiGrid : public QAccessibleWidget
{
public:
    explicit AccessibleEmojiGrid(EmojiGrid *grid)
        : QAccessibleWidget(grid, QAccessible::List)
    {
    }

    ~AccessibleEmojiGrid() override { forget(); }

    void forget()
    {
        for (const QAccessible::Id id : std::as_const(m_items))
            QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }

    int childCount() const override { return grid()->seen().count; }

    QAccessibleInterface *child(int index) const override
    {
        const EmojiGrid::Seen seen = grid()->seen();
        if (index < 0 || index >= seen.count)
            return nullptr;
        const int number = seen.first + index;
        const auto known = m_items.constFind(number);
        if (known != m_items.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *item = new AccessibleEmoji(grid(), number);
        m_items.insert(number, QAccessible::registerAccessibleInterface(item));
        return item;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *item = dynamic_cast<const AccessibleEmoji *>(child);
        return item ? indexOf(item->number()) : -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int index = 0; index < childCount(); ++index) {
            if (QAccessibleInterface *item = child(index); item->rect().contains(x, y))
                return item;
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        return child(indexOf(grid()->currentNumber()));
    }

    int indexOf(int number) const
    {
        const EmojiGrid::Seen seen = grid()->seen();
        const int index = number - seen.first;
        return index < 0 || index >= seen.count ? -1 : index;
    }

private:
    EmojiGrid *grid() const { return static_cast<EmojiGrid *>(widget()); }

    mutable QHash<int, QAccessible::Id> m_items;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *grid = qobject_cast<EmojiGrid *>(object);
    return grid ? new AccessibleEmojiGrid(grid) : nullptr;
}

}

void makeAccessible(EmojiGrid *grid)
{
    static bool installed = false;
    if (!installed)
        QAccessible::installFactory(makeInterface);
    installed = true;
    // One that was asked for while the grid was still being made is that of a plain scroll area.
    QAccessibleInterface *known = QAccessible::queryAccessibleInterface(grid);
    if (!dynamic_cast<AccessibleEmojiGrid *>(known))
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(known));
}

void forgetAccessibleEmoji(EmojiGrid *grid)
{
    if (!QAccessible::isActive())
        return;
    if (auto *list = dynamic_cast<AccessibleEmojiGrid *>(QAccessible::queryAccessibleInterface(grid)))
        list->forget();
}

void tellAccessibleFocus(EmojiGrid *grid)
{
    if (!QAccessible::isActive() || !grid->isVisible())
        return;
    auto *list = dynamic_cast<AccessibleEmojiGrid *>(QAccessible::queryAccessibleInterface(grid));
    const int index = list ? list->indexOf(grid->currentNumber()) : -1;
    if (index < 0)
        return;
    QAccessibleEvent event(grid, QAccessible::Focus);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

}
