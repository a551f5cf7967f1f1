#include "widgets/fieldhelpers.h"

#include "widgets/confabstyle.h"

#include <QAction>
#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kBelowField = 4;

/// A line edit makes the button of an action by itself and leaves it without a name.
QToolButton *buttonOf(QLineEdit *field, QAction *action)
{
    const QList<QToolButton *> buttons = field->findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->defaultAction() == action)
            return button;
    }
    return nullptr;
}

}

void addLeadingIcon(QLineEdit *field, const Theme &theme, const QString &icon)
{
    QAction *action = field->addAction(theme.icon(icon), QLineEdit::LeadingPosition);
    if (QToolButton *button = buttonOf(field, action)) {
        button->setObjectName(field->objectName() + QStringLiteral("Icon"));
        button->setAccessibleName(field->accessibleName());
        button->setAttribute(Qt::WA_TransparentForMouseEvents);
        button->setFocusPolicy(Qt::NoFocus);
    }
}

void addPasswordEye(QLineEdit *field, const Theme &theme)
{
    QAction *action =
        field->addAction(theme.icon(QStringLiteral("eye")), QLineEdit::TrailingPosition);
    const auto name = [field, action] {
        const bool hidden = field->echoMode() == QLineEdit::Password;
        const QString text = hidden ? QCoreApplication::translate("confab::PasswordEye", "Show password")
                                    : QCoreApplication::translate("confab::PasswordEye", "Hide password");
        action->setToolTip(text);
        if (QToolButton *button = buttonOf(field, action))
            button->setAccessibleName(text);
    };
    if (QToolButton *button = buttonOf(field, action))
        button->setObjectName(field->objectName() + QStringLiteral("Eye"));
    name();
    QObject::connect(action, &QAction::triggered, field, [field, action, &theme, name] {
        const bool show = field->echoMode() == QLineEdit::Password;
        field->setEchoMode(show ? QLineEdit::Normal : QLineEdit::Password);
        action->setIcon(theme.icon(show ? QStringLiteral("eye-off") : QStringLiteral("eye")));
        name();
    });
}

QLabel *makeParagraph(
    QAnyStringView name, const char *textStyle, const char *textColor, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setText(label, textStyle, textColor);
    return label;
}

void showHint(QLabel *line, const QString &text)
{
    line->setContentsMargins(0, kBelowField, 0, 0);
    setText(line, "small", "text2");
    line->setText(text);
    line->setVisible(!text.isEmpty());
}

void showFieldError(QLineEdit *field, QLabel *line, const ErrorText &error)
{
    setFieldError(field, !error.isEmpty());
    line->setContentsMargins(0, kBelowField, 0, 0);
    setText(line, "small", error.isEmpty() ? "text2" : "danger");
    line->setText(joined(error));
    line->setVisible(!error.isEmpty());
    field->setAccessibleDescription(line->text());
}

QString joined(const ErrorText &error)
{
    if (error.nextStep.isEmpty())
        return error.sentence;
    return error.sentence + u' ' + error.nextStep;
}

}
