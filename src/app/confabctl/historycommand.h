#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `history TOPIC`: fetches as much as was asked for, then prints it, oldest first. Long histories are
/// fetched to disk and read from there page by page: of those only a part is ever in the timeline.
class HistoryCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;

private:
    void open(const TopicName &name);
    void grew(Topic *topic);
    void print(const Topic &topic);

    void fetch(const TopicName &name);
    void takePage(const ArchivePage &page);
    void printPages();

    TopicName m_topic; ///< of the pages
    Seq m_before = 0; ///< of the page asked for; 0: the newest
    QList<QList<Message>> m_pages; ///< the newest first
    int m_gathered = 0;
};

}
