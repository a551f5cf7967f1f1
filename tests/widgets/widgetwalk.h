#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QTest>
#include <QWidget>

namespace confab::testing {

/// Somebody can do something with it: it needs names.
inline bool isControl(const QWidget *widget)
{
    if (widget->focusPolicy() == Qt::NoFocus)
        return false;
    // Parts that Qt makes inside a control belong to it.
    const QWidget *parent = widget->parentWidget();
    if (qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent))
        return false;
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
        || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
        || qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QTabBar *>(widget);
}

/// Controls below `root` without an object name or an accessible name, for a readable failure.
inline QStringList namelessControls(const QWidget *root)
{
    QStringList nameless;
    const QList<QWidget *> widgets = root->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!isControl(widget))
            continue;
        if (widget->objectName().isEmpty() || widget->accessibleName().isEmpty()) {
            nameless.append(QStringLiteral("%1 \"%2\"").arg(
                QLatin1String(widget->metaObject()->className()), widget->objectName()));
        }
    }
    return nameless;
}

/// Visible labels and buttons that are given less room than their text takes.
inline QStringList clippedTexts(const QWidget *root)
{
    QStringList clipped;
    const QList<QWidget *> widgets = root->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible())
            continue;
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        bool fits = true;
        if (label && label->wordWrap())
            fits = label->height() >= label->heightForWidth(label->width());
        else if (label)
            fits = label->width() >= label->sizeHint().width();
        else if (button && !button->text().isEmpty() && !button->hasHeightForWidth())
            fits = button->width() >= button->sizeHint().width();
        if (!fits) {
            clipped.append(QStringLiteral("%1: %2").arg(
                widget->objectName(), label ? label->text() : button->text()));
        }
    }
    return clipped;
}

/// German words are half as long again as English ones: stretches every text of a page.
inline void makeTextsLonger(QWidget *root)
{
    const auto longer = [](const QString &text) {
        const QString more = QStringLiteral("ungen und weiteres ").repeated(text.size());
        return (text + more.left(text.size() / 2)).trimmed();
    };
    const QList<QLabel *> labels = root->findChildren<QLabel *>();
    for (QLabel *label : labels) {
        if (!label->text().isEmpty())
            label->setText(longer(label->text()));
    }
    const QList<QAbstractButton *> buttons = root->findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (!button->text().isEmpty())
            button->setText(longer(button->text()));
    }
}

}
