#include "widgets/conversation/messageviewaccessible.h"

#include "widgets/accessiblelist.h"
#include "widgets/conversation/jumpbutton.h"
#include "widgets/conversation/messageview.h"

namespace confab {

namespace {

/// One message. Known by its key, so that it stays valid while rows come and go before it.
class AccessibleMessage : public AccessibleListItem<MessageView>
{
public:
    AccessibleMessage(MessageView *view, const RowKey &key)
        : AccessibleListItem(view)
        , m_key(key)
    {
    }

    int row() const { return m_widget ? m_widget->rows().rowOf(m_key) : -1; }
    bool isValid() const override { return row() >= 0; }

    QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Name || !isValid())
            return {};
        const MessageListModel *model = m_widget->rows().model();
        const QString sentence
            = model->data(model->index(row()), Qt::AccessibleTextRole).toString();
        const QString foot = m_widget->rows().footAt(row());
        return foot.isEmpty() ? sentence : sentence + QStringLiteral(", ") + foot;
    }

    QRect rect() const override
    {
        const QRect local = isValid() ? m_widget->rowRect(row()) : QRect();
        return local.isEmpty() ? QRect() : local.translated(m_widget->mapToGlobal(QPoint()));
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.readOnly = true;
        state.invalid = !isValid();
        if (!isValid())
            return state;
        state.focused = m_widget->hasFocus() && m_widget->focusedRow() == row();
        state.offscreen = m_widget->rowRect(row()).isEmpty();
        state.selectable = m_widget->choice().isActive();
        state.selected = m_widget->choice().contains(m_widget->rows().seqAt(row()));
        return state;
    }

    QStringList actionNames() const override
    {
        if (!isValid())
            return {};
        QStringList names{setFocusAction()};
        if (m_widget->rows().replyTo(row()) > 0)
            names.append(MessageLayout::goToQuotedText());
        for (const MessagePart::Button &button : m_widget->rows().buttonsAt(row()))
            names.append(button.title);
        for (const MessageAction action : actionsInOrder(m_widget->rows().actionsAt(row())))
            names.append(actionText(action));
        return names;
    }

    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        if (name == setFocusAction()) {
            m_widget->setFocus(Qt::OtherFocusReason);
            m_widget->focusRow(row());
            return;
        }
        if (name == MessageLayout::goToQuotedText()) {
            m_widget->goToQuoted(row());
            return;
        }
        for (const MessagePart::Button &button : m_widget->rows().buttonsAt(row())) {
            if (name == button.title) {
                m_widget->press(button, m_widget->rows().seqAt(row()));
                return;
            }
        }
        for (const MessageAction action : actionsInOrder(m_widget->rows().actionsAt(row()))) {
            if (name == actionText(action)) {
                m_widget->perform(action, row());
                return;
            }
        }
    }

private:
    RowKey m_key;
};

class AccessibleMessageView : public AccessibleList<MessageView, AccessibleMessage, RowKey>
{
public:
    using AccessibleList::AccessibleList;

    /// The messages, and after them the jump button while it is there.
    int childCount() const override { return rowCount() + (jump()->isVisible() ? 1 : 0); }

    QAccessibleInterface *child(int row) const override
    {
        if (row == rowCount() && row < childCount())
            return QAccessible::queryAccessibleInterface(jump());
        if (row < 0 || row >= rowCount())
            return nullptr;
        return item(list()->rows().keyAt(row));
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
        const QPoint local = list()->mapFromGlobal(QPoint(x, y));
        if (jump()->isVisible() && jump()->rect().contains(jump()->mapFromGlobal(QPoint(x, y))))
            return child(rowCount());
        for (const RowWindow::PlacedRow &placed : list()->placedRows()) {
            if (list()->rowRect(placed.row).contains(local))
                return child(placed.row);
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        return list()->hasFocus() ? child(list()->focusedRow()) : nullptr;
    }

private:
    JumpButton *jump() const { return list()->jumpButton(); }
    int rowCount() const { return list()->rows().count(); }
};

}

void makeAccessible(MessageView *view)
{
    installAccessibleList<AccessibleMessageView>(view);
}

void forgetAccessibleMessages(MessageView *view)
{
    if (auto *list = dynamic_cast<AccessibleMessageView *>(QAccessible::queryAccessibleInterface(view)))
        list->forget();
}

}
