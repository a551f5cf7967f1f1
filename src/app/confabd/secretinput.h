#pragma once

#include "wire/result.h"

#include <QByteArray>
#include <QString>

namespace confab {

/// A new password from whoever sits at the terminal, asked for twice and not shown; or, when standard
/// input is not a terminal, its first line. Never from the command line, where everybody can see it.
/// The error is a sentence.
wire::Result<QByteArray, QString> readNewPassword();

}
