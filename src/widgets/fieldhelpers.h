#pragma once

#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QAnyStringView>

class QLabel;
class QLineEdit;
class QWidget;

namespace confab {

/// An icon at the start of a field.
void addLeadingIcon(QLineEdit *field, const Theme &theme, const QString &icon);
/// The button that shows and hides a password.
void addPasswordEye(QLineEdit *field, const Theme &theme);

/// Plain text that wraps; style and colour as setText() of widgets/confabstyle.h takes them.
QLabel *makeParagraph(
    QAnyStringView name, const char *textStyle, const char *textColor, QWidget *parent);

/// The line below a field: a hint in text2; empty hides it.
void showHint(QLabel *line, const QString &text);
/// The same line with an error: sentence and next step in danger, and the field with its edge. An
/// empty error takes both away.
void showFieldError(QLineEdit *field, QLabel *line, const ErrorText &error);
/// Sentence and next step as one text.
QString joined(const ErrorText &error);

}
