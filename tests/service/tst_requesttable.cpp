#include "service/requesttable.h"

#include <QSignalSpy>
#include <QTest>

using namespace confab;

/// One request, one outcome (design.md I4).
class RequestTableTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_table.reset(); }
    void aReplyEndsItsRequestOnce();
    void aReplyOfAnotherTopicIsNoAnswer();
    void aReplyToNothingIsNotTaken();
    void aSubscriptionEndsWithItsLastPart();
    void aRefusalEndsAllParts();
    void alreadySubscribedBringsNoParts();
    void aGetNeedsNoCtrlForItsParts();
    void anEmptyPartCountsAsAnswer();
    void whatIsUnansweredIsReportedAndThenTimesOut();
    void closingCancelsEverything();
    void withoutALineARequestIsCancelledLater();
    void aContextThatIsGoneIsNotCalled();

private:
    void ask(const wire::ClientMessage &message);
    static wire::Ctrl ctrl(const QString &id, int code, const QString &topic = {},
        const QString &what = {});

    std::unique_ptr<RequestTable> m_table;
    QStringList m_ids; ///< as sent
    QList<Reply> m_replies;
};

void RequestTableTest::init()
{
    m_ids.clear();
    m_replies.clear();
    ServiceTiming timing;
    timing.requestSlow = std::chrono::milliseconds(30);
    timing.requestLimit = std::chrono::milliseconds(90);
    m_table = std::make_unique<RequestTable>(timing);
    m_table->open([this](const wire::ClientMessage &message) {
        std::visit(
            [this](const auto &packet) {
                if constexpr (requires { packet.id; })
                    m_ids.append(packet.id);
            },
            message);
    });
}

void RequestTableTest::ask(const wire::ClientMessage &message)
{
    m_table->ask(this, message, [this](const Reply &reply) { m_replies.append(reply); });
}

wire::Ctrl RequestTableTest::ctrl(
    const QString &id, int code, const QString &topic, const QString &what)
{
    wire::Ctrl ctrl;
    ctrl.id = id;
    ctrl.code = code;
    ctrl.topic = topic;
    if (!what.isEmpty()) {
        ctrl.params.emplace();
        ctrl.params->what = what;
    }
    return ctrl;
}

namespace {

wire::Sub subscription(wire::Whats parts)
{
    wire::Sub sub;
    sub.topic = QStringLiteral("grpA");
    if (parts) {
        sub.get.emplace();
        sub.get->what = parts;
    }
    return sub;
}

wire::Meta description(const QString &id)
{
    wire::Meta meta;
    meta.id = id;
    meta.topic = QStringLiteral("grpA");
    meta.desc.emplace();
    meta.desc->seq = 7;
    return meta;
}

}

void RequestTableTest::aReplyEndsItsRequestOnce()
{
    ask(subscription({}));
    QVERIFY(m_table->take(ctrl(m_ids.value(0), 200, QStringLiteral("grpA"))));
    QCOMPARE(m_replies.size(), 1);
    QVERIFY(m_replies[0].ok());
    QVERIFY(!m_table->take(ctrl(m_ids.value(0), 200)));
    m_table->close();
    QCOMPARE(m_replies.size(), 1);
}

void RequestTableTest::aReplyOfAnotherTopicIsNoAnswer()
{
    ask(subscription({}));
    QVERIFY(!m_table->take(ctrl(m_ids.value(0), 200, QStringLiteral("grpB"))));
    QVERIFY(m_replies.isEmpty());
}

void RequestTableTest::aReplyToNothingIsNotTaken()
{
    QVERIFY(!m_table->take(ctrl(QStringLiteral("77"), 200)));
    QVERIFY(!m_table->take(ctrl({}, 205)));
    QVERIFY(!m_table->take(description(QStringLiteral("77"))));
}

void RequestTableTest::aSubscriptionEndsWithItsLastPart()
{
    ask(subscription(wire::What::Desc | wire::What::Data));
    m_table->take(ctrl(m_ids.value(0), 200));
    m_table->take(description(m_ids.value(0)));
    QVERIFY(m_replies.isEmpty());
    m_table->take(ctrl(m_ids.value(0), 208, {}, QStringLiteral("data")));
    QCOMPARE(m_replies.size(), 1);
    QVERIFY(m_replies[0].hadData);
    QCOMPARE(m_replies[0].desc->seq, 7);
    QCOMPARE(m_replies[0].ctrl.code, 200);
}

void RequestTableTest::aRefusalEndsAllParts()
{
    ask(subscription(wire::What::Desc | wire::What::Data));
    m_table->take(ctrl(m_ids.value(0), 403));
    QCOMPARE(m_replies.size(), 1);
    QVERIFY(!m_replies[0].ok());
}

void RequestTableTest::alreadySubscribedBringsNoParts()
{
    ask(subscription(wire::What::Desc | wire::What::Data));
    m_table->take(ctrl(m_ids.value(0), 304));
    QCOMPARE(m_replies.size(), 1);
    QVERIFY(m_replies[0].ok());
}

void RequestTableTest::aGetNeedsNoCtrlForItsParts()
{
    wire::Get get;
    get.topic = QStringLiteral("grpA");
    get.query.what = wire::What::Desc;
    ask(get);
    m_table->take(description(m_ids.value(0)));
    QCOMPARE(m_replies.size(), 1);
    QVERIFY(m_replies[0].ok());
}

void RequestTableTest::anEmptyPartCountsAsAnswer()
{
    wire::Get get;
    get.topic = QStringLiteral("grpA");
    get.query.what = wire::What::Data;
    ask(get);
    m_table->take(ctrl(m_ids.value(0), 204, QStringLiteral("grpA"), QStringLiteral("data")));
    QCOMPARE(m_replies.size(), 1);
    QVERIFY(m_replies[0].ok());
    QVERIFY(!m_replies[0].hadData);
}

void RequestTableTest::whatIsUnansweredIsReportedAndThenTimesOut()
{
    QSignalSpy unanswered(m_table.get(), &RequestTable::unanswered);
    ask(subscription({}));
    QTRY_COMPARE(unanswered.size(), 1);
    QTRY_COMPARE(m_replies.size(), 1);
    QCOMPARE(m_replies[0].end, Reply::End::TimedOut);
    QCOMPARE(unanswered.size(), 1);
    QVERIFY(!m_table->take(ctrl(m_ids.value(0), 200)));
}

void RequestTableTest::closingCancelsEverything()
{
    ask(subscription({}));
    ask(subscription({}));
    m_table->close();
    QCOMPARE(m_replies.size(), 2);
    QCOMPARE(m_replies[0].end, Reply::End::Cancelled);
    QVERIFY(!m_replies[1].ok());
}

void RequestTableTest::withoutALineARequestIsCancelledLater()
{
    m_table->close();
    ask(subscription({}));
    QVERIFY(m_replies.isEmpty());
    QTRY_COMPARE(m_replies.size(), 1);
    QCOMPARE(m_replies[0].end, Reply::End::Cancelled);
}

void RequestTableTest::aContextThatIsGoneIsNotCalled()
{
    auto context = std::make_unique<QObject>();
    m_table->ask(context.get(), subscription({}),
        [this](const Reply &reply) { m_replies.append(reply); });
    context.reset();
    m_table->take(ctrl(m_ids.value(0), 200));
    QVERIFY(m_replies.isEmpty());
}

QTEST_GUILESS_MAIN(RequestTableTest)
#include "tst_requesttable.moc"
