#pragma once

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <utility>

namespace confab {

/// One item of a list that a widget paints itself, known to screen readers by something that stays when
/// items come and go. Invalid once the widget has gone. GUI thread.
template <typename Widget>
class AccessibleListItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    explicit AccessibleListItem(Widget *widget)
        : m_widget(widget)
    {
    }

    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_widget ? m_widget->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override
    {
        return m_widget ? QAccessible::queryAccessibleInterface(m_widget.data()) : nullptr;
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override { }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }

    QStringList keyBindingsForAction(const QString &) const override { return {}; }

protected:
    QPointer<Widget> m_widget;
};

/// The list of such items: each is made when it is first asked for, and kept by its key.
template <typename Widget, typename Item, typename Key>
class AccessibleList : public QAccessibleWidget
{
public:
    explicit AccessibleList(Widget *widget)
        : QAccessibleWidget(widget, QAccessible::List)
    {
    }

    ~AccessibleList() override { forget(); }

    /// The widget shows other items: those handed out so far are gone.
    void forget()
    {
        for (const QAccessible::Id id : std::as_const(m_items))
            QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }

protected:
    QAccessibleInterface *item(const Key &key) const
    {
        const auto known = m_items.constFind(key);
        if (known != m_items.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *made = new Item(list(), key);
        m_items.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    Widget *list() const { return static_cast<Widget *>(widget()); }

private:
    mutable QHash<Key, QAccessible::Id> m_items;
};

/// Makes screen readers see the widget as a `List`, one of those above. To be called last in the widget's
/// constructor.
template <typename List, typename Widget>
void installAccessibleList(Widget *widget)
{
    static bool installed = false;
    if (!installed) {
        QAccessible::installFactory([](const QString &, QObject *object) -> QAccessibleInterface * {
            auto *made = qobject_cast<Widget *>(object);
            return made ? new List(made) : nullptr;
        });
    }
    installed = true;
    // A screen reader may have asked while the widget was still being made: it got that of a plain
    // scroll area, which would stay.
    QAccessibleInterface *known = QAccessible::queryAccessibleInterface(widget);
    if (!dynamic_cast<List *>(known))
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(known));
}

}
