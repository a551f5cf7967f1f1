#include "conversationfixture.h"
#include "stallgate.h"
#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/messagerows.h"
#include "wire/drafty/plaintext.h"
#include "wire/servercodec.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>
#include <QTest>

using namespace confab;
using namespace Qt::Literals::StringLiterals;

/// Conversations as servers send them (tests/data/conversations), and what is to be seen of them.
class ConversationsTest : public QObject
{
    Q_OBJECT

private slots:
    void showTheirRows_data() { addFiles(); }
    void showTheirRows();
    void areLaidOutInside_data() { addFiles(); }
    void areLaidOutInside();

private:
    static void addFiles();
    static QJsonObject read(const QString &file);
    static QList<Message> messagesOf(const QJsonObject &recorded);
};

void ConversationsTest::addFiles()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("backwards");
    const QDir folder(QStringLiteral(CONFAB_TEST_DATA "/conversations"));
    const QStringList files = folder.entryList({u"*.json"_s});
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        QTest::addRow("%s", qPrintable(file)) << folder.filePath(file) << false;
        QTest::addRow("%s, backwards", qPrintable(file)) << folder.filePath(file) << true;
    }
}

QJsonObject ConversationsTest::read(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

QList<Message> ConversationsTest::messagesOf(const QJsonObject &recorded)
{
    QList<Message> messages;
    const QJsonArray packets = recorded.value("packets"_L1).toArray();
    for (const QJsonValue &packet : packets) {
        const auto decoded = wire::decodeServerMessage(
            QJsonDocument(packet.toObject()).toJson(QJsonDocument::Compact));
        const auto *data = decoded ? std::get_if<wire::Data>(&*decoded) : nullptr;
        if (!data)
            continue;
        Message message;
        message.seq = data->seq;
        message.from = data->from;
        message.ts = data->ts;
        message.head = data->head;
        message.content = data->content;
        message.text = wire::plainText(data->head, data->content);
        messages.append(message);
    }
    return messages;
}

namespace {

QString partsOf(const MessageText &text)
{
    static const QHash<MessagePart::Kind, QString> names{{MessagePart::Kind::Words, u"Words"_s},
        {MessagePart::Kind::Code, u"Code"_s}, {MessagePart::Kind::Quote, u"Quote"_s},
        {MessagePart::Kind::Forwarded, u"Forwarded"_s}, {MessagePart::Kind::Medium, u"Medium"_s},
        {MessagePart::Kind::Buttons, u"Buttons"_s}};
    QStringList parts;
    for (const MessagePart &part : text.parts())
        parts.append(names.value(part.kind));
    return parts.join(u' ');
}

/// A row as the files tell it.
QJsonObject described(const MessageItem &item)
{
    const MessageText text = MessageText::ofMessage(item.content, item.text, false);
    QJsonObject row{{"text"_L1, text.text()}, {"parts"_L1, partsOf(text)}};
    if (item.edited)
        row.insert("edited"_L1, true);
    if (item.replyTo > 0)
        row.insert("reply"_L1, item.replyTo);
    QStringList reactions;
    for (const ReactionChip &chip : item.reactions)
        reactions.append(
            u"%1 %2%3"_s.arg(chip.emoji).arg(chip.count).arg(chip.mine ? u" mine"_s : QString()));
    if (!reactions.isEmpty())
        row.insert("reactions"_L1, reactions.join(u", "_s));
    QStringList answers;
    for (const PollState::Row &answer : item.poll.rows)
        answers.append(u"%1 %2"_s.arg(answer.title).arg(answer.count));
    if (!answers.isEmpty())
        row.insert("poll"_L1, answers.join(u", "_s));
    return row;
}

void replay(ConversationFixture &chat, QList<Message> messages, bool backwards)
{
    if (backwards)
        std::reverse(messages.begin(), messages.end());
    for (const Message &message : std::as_const(messages))
        chat.topic->timeline().insert({message});
}

}

void ConversationsTest::showTheirRows()
{
    QFETCH(QString, file);
    QFETCH(bool, backwards);
    const QJsonObject recorded = read(file);
    ConversationFixture chat;
    replay(chat, messagesOf(recorded), backwards);
    MessageRows rows;
    rows.setModel(&chat.model);
    const QJsonArray expected = recorded.value("rows"_L1).toArray();
    for (int row = 0; row < rows.count() && row < expected.size(); ++row)
        QCOMPARE(described(rows.itemAt(row)), expected.at(row).toObject());
    QCOMPARE(rows.count(), expected.size());
}

void ConversationsTest::areLaidOutInside()
{
    QFETCH(QString, file);
    QFETCH(bool, backwards);
    ConversationFixture chat;
    replay(chat, messagesOf(read(file)), backwards);
    MessageRows rows;
    rows.setModel(&chat.model);
    for (const bool compact : {false, true}) {
        Theme theme;
        theme.setDensity(compact ? Density::Compact : Density::Roomy);
        const MessageStyle style(theme);
        for (const int width : {320, 700}) {
            for (int row = 0; row < rows.count(); ++row) {
                const MessageLayout layout(rows.itemAt(row), style, width);
                const QRectF &bubble = layout.bubble();
                for (const PartLayout &part : layout.parts())
                    QVERIFY(bubble.contains(part.rect()));
                for (const QRectF &chip : layout.reactions().rects()) {
                    QVERIFY(bubble.contains(chip));
                    QVERIFY(!chip.intersects(layout.metaRect()));
                    QVERIFY(!chip.intersects(layout.contentRect()));
                }
                for (const QRectF &answer : layout.poll().rows()) {
                    QVERIFY(bubble.contains(answer));
                    QVERIFY(!answer.intersects(layout.contentRect()));
                }
                QVERIFY(bubble.contains(layout.metaRect()));
            }
        }
    }
}

CONFAB_GATED_MAIN(ConversationsTest)
#include "tst_conversations.moc"
