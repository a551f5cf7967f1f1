#include "widgets/conversation/messageviewaccessible.h"

#include "widgets/conversation/jumpbutton.h"
#include "widgets/conversation/messageview.h"

#include <QAccessibleWidget>
#include <QPointer>

namespace confab {

namespace {

/// One message. Known by its key, so that it stays valid while rows come and go before it.
class AccessibleMessage : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleMessage(MessageView *view, const RowKey &key)
        : m_view(view)
        , m_key(key)
    {
    }

    int row() const { return m_view ? m_view->rows().rowOf(m_key) : -1; }
    bool isValid() const override { return row() >= 0; }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override
    {
        return m_view ? QAccessible::queryAccessibleInterface(m_view.data()) : nullptr;
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override { }

    QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Name || !isValid())
            return {};
        const MessageListModel *model = m_view->rows().model();
        const QString sentence
            = model->data(model->index(row()), Qt::AccessibleTextRole).toString();
        const QString foot = m_view->rows().footAt(row());
        return foot.isEmpty() ? sentence : sentence + QStringLiteral(", ") + foot;
    }

    QRect rect() const override
    {
        const QRect local = isValid() ? m_view->rowRect(row()) : QRect();
        return local.isEmpty() ? QRect() : local.translated(m_view->mapToGlobal(QPoint()));
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.readOnly = true;
        state.invalid = !isValid();
        if (!isValid())
            return state;
        state.focused = m_view->hasFocus() && m_view->focusedRow() == row();
        state.offscreen = m_view->rowRect(row()).isEmpty();
        state.selectable = m_view->choice().isActive();
        state.selected = m_view->choice().contains(m_view->rows().seqAt(row()));
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override
    {
        if (!isValid())
            return {};
        QStringList names{setFocusAction()};
        if (m_view->rows().replyTo(row()) > 0)
            names.append(MessageLayout::goToQuotedText());
        for (const MessagePart::Button &button : m_view->rows().buttonsAt(row()))
            names.append(button.title);
        for (const MessageAction action : actionsInOrder(m_view->rows().actionsAt(row())))
            names.append(actionText(action));
        return names;
    }

    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        if (name == setFocusAction()) {
            m_view->setFocus(Qt::OtherFocusReason);
            m_view->focusRow(row());
            return;
        }
        if (name == MessageLayout::goToQuotedText()) {
            m_view->goToQuoted(row());
            return;
        }
        for (const MessagePart::Button &button : m_view->rows().buttonsAt(row())) {
            if (name == button.title) {
                m_view->press(button, m_view->rows().seqAt(row()));
                return;
            }
        }
        for (const MessageAction action : actionsInOrder(m_view->rows().actionsAt(row()))) {
            if (name == actionText(action)) {
                m_view->perform(action, row());
                return;
            }
        }
    }

    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<MessageView> m_view;
    RowKey m_key;
};

class AccessibleMessageView : public QAccessibleWidget
{
public:
    explicit AccessibleMessageView(MessageView *view)
        : QAccessibleWidget(view, QAccessible::List)
    {
    }

    ~AccessibleMessageView() override { forget(); }

    void forget()
    {
        for (const QAccessible::Id id : std::as_const(m_items))
            QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }

    /// The messages, and after them the jump button while it is there.
    int childCount() const override { return rowCount() + (jump()->isVisible() ? 1 : 0); }

    QAccessibleInterface *child(int row) const override
    {
        if (row == rowCount() && row < childCount())
            return QAccessible::queryAccessibleInterface(jump());
        if (row < 0 || row >= rowCount())
            return nullptr;
        const RowKey key = view()->rows().keyAt(row);
        const auto known = m_items.constFind(key);
        if (known != m_items.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *item = new AccessibleMessage(view(), key);
        m_items.insert(key, QAccessible::registerAccessibleInterface(item));
        return item;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        if (child->object() == jump())
            return jump()->isVisible() ? rowCount() : -1;
        const auto *item = dynamic_cast<const AccessibleMessage *>(child);
        return item ? item->row() : -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint local = view()->mapFromGlobal(QPoint(x, y));
        if (jump()->isVisible() && jump()->rect().contains(jump()->mapFromGlobal(QPoint(x, y))))
            return child(rowCount());
        for (const RowWindow::PlacedRow &placed : view()->placedRows()) {
            if (view()->rowRect(placed.row).contains(local))
                return child(placed.row);
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        return view()->hasFocus() ? child(view()->focusedRow()) : nullptr;
    }

private:
    MessageView *view() const { return static_cast<MessageView *>(widget()); }
    JumpButton *jump() const { return view()->jumpButton(); }
    int rowCount() const { return view()->rows().count(); }

    mutable QHash<RowKey, QAccessible::Id> m_items;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<MessageView *>(object);
    return view ? new AccessibleMessageView(view) : nullptr;
}

}

void makeAccessible(MessageView *view)
{
    static bool installed = false;
    if (!installed)
        QAccessible::installFactory(makeInterface);
    installed = true;
    // A screen reader may have asked while the view was still being made: it got that of a plain
    // scroll area, which would stay.
    QAccessibleInterface *known = QAccessible::queryAccessibleInterface(view);
    if (!dynamic_cast<AccessibleMessageView *>(known))
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(known));
}

void forgetAccessibleMessages(MessageView *view)
{
    if (auto *list = dynamic_cast<AccessibleMessageView *>(QAccessible::queryAccessibleInterface(view)))
        list->forget();
}

}
