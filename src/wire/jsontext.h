#pragma once

#include "wire/result.h"
#include "wire/wireerror.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>

// Bytes from outside to JSON, safely: depth is limited before the parser sees the text, and lone
// surrogates become U+FFFD (reliability.md T2, T4). Pure functions, any thread; for wire only.
namespace confab::wire {

/// The one object that the text holds.
Result<QJsonObject, WireError> parseObject(const QByteArray &utf8);
/// The one array that the text holds.
Result<QJsonArray, WireError> parseArray(const QByteArray &utf8);

}
