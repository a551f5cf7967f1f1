#include "app/confabctl/sendcommand.h"

#include "app/confabctl/linereader.h"
#include "wire/drafty/markup.h"

#include <unistd.h>

namespace confab {

void SendCommand::start()
{
    m_started = true;
    resolve(options().topic, [this](const TopicName &topic) { open(topic); });
}

QString SendCommand::consolation() const
{
    if (!m_started)
        return tr("Nothing was sent and nothing is kept: send it again later.");
    const int kept = int(m_unanswered.size());
    return kept == 0 ? QString()
                     : tr("%n message(s) wait in the outbox; the next run sends them.", nullptr, kept);
}

void SendCommand::open(const TopicName &topic)
{
    connect(&service(), &ChatService::messageQueued, this,
        [this](const TopicName &name, const QString &cid) {
            --m_toQueue;
            m_unanswered.insert(cid);
            printer().queued(name, cid);
        });
    connect(&service(), &ChatService::messageSent, this,
        [this](const TopicName &name, const QString &cid, Seq seq) {
            printer().sent(name, cid, seq);
            noteSent(cid);
        });
    connect(&service(), &ChatService::messageFailed, this,
        [this](const TopicName &, const QString &cid, const ServiceError &error) {
            m_unanswered.remove(cid);
            emit failed(error);
        });

    if (!options().lines) {
        sendLine(topic, options().text);
        m_allRead = true;
        endIfAllAreThere();
        return;
    }
    auto *lines = new LineReader(STDIN_FILENO, this);
    connect(lines, &LineReader::lineRead, this,
        [this, topic](const QString &line) { sendLine(topic, line); });
    connect(lines, &LineReader::finished, this, [this] {
        m_allRead = true;
        endIfAllAreThere();
    });
}

void SendCommand::sendLine(const TopicName &topic, const QString &line)
{
    emit waiting();
    if (line.trimmed().isEmpty())
        return; // an empty line is no message
    ++m_toQueue;
    const bool marked = options().marks && line.size() <= wire::Drafty::kMaxText;
    service().send(topic, marked ? OutgoingMessage(wire::parseMarkup(line)) : OutgoingMessage(line));
}

void SendCommand::noteSent(const QString &cid)
{
    m_unanswered.remove(cid);
    if (m_unanswered.isEmpty() && m_toQueue == 0)
        emit idle(); // the next line may be long in coming
    else
        emit waiting();
    endIfAllAreThere();
}

void SendCommand::endIfAllAreThere()
{
    if (m_allRead && m_toQueue == 0 && m_unanswered.isEmpty())
        emit finished(exitcode::kDone);
}

}
