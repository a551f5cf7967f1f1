#pragma once

#include "store/export/exportformat.h"
#include "store/topiclist.h"

namespace confab {

/// The order to write these chats as they are called now. GUI thread.
ExportOrder exportOrder(ExportFormat format, const QString &file, const QString &account,
                        const TopicList &topics, const QList<const Topic *> &chats);

}
