#include "widgets/composer/emojigridaccessible.h"

#include "widgets/accessiblelist.h"
#include "widgets/composer/emojigrid.h"

namespace confab {

namespace {

/// One emoji, known by its number.
class AccessibleEmoji : public AccessibleListItem<EmojiGrid>
{
public:
    AccessibleEmoji(EmojiGrid *grid, int number)
        : AccessibleListItem(grid)
        , m_number(number)
    {
    }

    int number() const { return m_number; }
    bool isValid() const override { return m_widget && !m_widget->rectAt(m_number).isNull(); }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? m_widget->nameAt(m_number) : QString();
    }

    QRect rect() const override
    {
        const QRect local = isValid() ? m_widget->rectAt(m_number) : QRect();
        return local.translated(isValid() ? m_widget->viewport()->mapToGlobal(QPoint()) : QPoint());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        if (!isValid())
            return state;
        state.focusable = true;
        state.selectable = true;
        state.focused = state.selected = m_widget->isVisible() && m_widget->currentNumber() == m_number;
        return state;
    }

    QStringList actionNames() const override { return {pressAction()}; }

    void doAction(const QString &name) override
    {
        if (isValid() && name == pressAction())
            m_widget->pick(m_number);
    }

private:
    int m_number;
};

class AccessibleEmojiGrid : public AccessibleList<EmojiGrid, AccessibleEmoji, int>
{
public:
    using AccessibleList::AccessibleList;

    int childCount() const override { return list()->seen().count; }

    QAccessibleInterface *child(int index) const override
    {
        const EmojiGrid::Seen seen = list()->seen();
        if (index < 0 || index >= seen.count)
            return nullptr;
        return item(seen.first + index);
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
        return child(indexOf(list()->currentNumber()));
    }

    int indexOf(int number) const
    {
        const EmojiGrid::Seen seen = list()->seen();
        const int index = number - seen.first;
        return index < 0 || index >= seen.count ? -1 : index;
    }
};

}

void makeAccessible(EmojiGrid *grid)
{
    installAccessibleList<AccessibleEmojiGrid>(grid);
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
