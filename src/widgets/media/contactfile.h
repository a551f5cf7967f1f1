#pragma once

#include "wire/drafty/entity.h"

#include <QByteArray>

namespace confab {

/// A contact as a .vcf file that address books read (RFC 6350).
QByteArray vCardOf(const wire::Contact &contact);

/// The words of a message beside its media.
QString captionOf(const wire::JsonBlob &content);

}
