#pragma once

#include "store/draft.h"

namespace confab {

/// What is left of a text after the part that was sent.
QString textAfterSending(const QString &text, const QString &sent);
Draft draftAfterSending(const Draft &draft, const QString &sent);

}
