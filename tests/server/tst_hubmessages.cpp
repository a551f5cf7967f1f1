#include "hubfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace confab;
using namespace confab::server;
using wire::PresKind;

class HubMessagesTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void answerComesBeforeTheEcho();
    void onlyAttachedReadersGetTheMessage();
    void publishIsRefused_data();
    void publishIsRefused();
    void senderHeadIsNotTakenFromClients();
    void headAndContentPassUnchanged_data();
    void headAndContentPassUnchanged();
    void pinsAreKeptForAllAndSetByThoseWhoApprove();
    void repeatedCidIsAnsweredWithTheOldSeq();
    void repeatedCidBeforeTheCommitIsOneMessage();
    void cidBelongsToOneAuthor();
    void pagesAreNewestFirst_data();
    void pagesAreNewestFirst();
    void pageIsAtMostAHundred();
    void deletionsHideExactlyTheRange_data();
    void deletionsHideExactlyTheRange();
    void softDeletionHidesForOneOnly();
    void hardDeletionHidesForAll();
    void hardWithoutTheRightIsSoft();
    void receiptsMoveForwardOnly();
    void receiptsReachOwnDevices();
    void typingReachesOthers();
    void oneEncodeForAllOfAGroup();
    void numbersSurviveARestart();
    void messagesOfOneTurnShareACommit();
    void manyPublishesShareCommits();
    void historyNeedsTheRightToRead();

private:
    HubFixture &hub() { return *m_hub; }

    std::unique_ptr<HubFixture> m_hub;
    std::unique_ptr<Person> m_alice;
    std::unique_ptr<Person> m_bob;
};

namespace {

QString L(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

void HubMessagesTest::init()
{
    m_hub = std::make_unique<HubFixture>();
    m_alice = m_hub->person(L("alice"));
    m_bob = m_hub->person(L("bob"));
    m_bob->sub(m_alice->id);
    m_alice->sub(m_bob->id);
    m_alice->forget();
    m_bob->forget();
}

void HubMessagesTest::cleanup()
{
    m_alice.reset();
    m_bob.reset();
    m_hub.reset();
}

void HubMessagesTest::answerComesBeforeTheEcho()
{
    const wire::Ctrl ctrl = m_bob->ask(
        packet(L(R"({"pub":{"id":"p","topic":"%1","content":"hello"}})").arg(m_alice->id)));
    QCOMPARE(ctrl.code, 202);
    QCOMPARE(ctrl.params->seq, 1);
    QCOMPARE(m_bob->received.size(), size_t(2));
    const auto *echo = std::get_if<wire::Data>(&m_bob->received.at(1));
    QVERIFY(echo);
    QCOMPARE(echo->ts, ctrl.ts);
    QCOMPARE(echo->topic, m_alice->id);
    const std::vector<wire::Data> data = m_alice->all<wire::Data>();
    QCOMPARE(data.size(), size_t(1));
    QCOMPARE(data.front().topic, m_bob->id);
    QCOMPARE(data.front().from, m_bob->id);
    QCOMPARE(data.front().content.string(), L("hello"));
}

void HubMessagesTest::onlyAttachedReadersGetTheMessage()
{
    const auto phone = hub().secondDevice(*m_alice);
    const auto carol = hub().person(L("carol"));
    QCOMPARE(m_bob->pub(m_alice->id, L("x")).code, 202);
    QVERIFY(phone->all<wire::Data>().empty());
    const std::vector<wire::Pres> pres = phone->all<wire::Pres>();
    QCOMPARE(pres.size(), size_t(1));
    QCOMPARE(pres.front().what, PresKind::Message);
    QCOMPARE(pres.front().src, m_bob->id);
    QCOMPARE(pres.front().act, m_bob->id);
    QCOMPARE(pres.front().seq, 1);
    QVERIFY(!m_alice->hasPres(PresKind::Message, L("me"), m_bob->id));
    QVERIFY(m_bob->all<wire::Data>().empty()); // noecho
    QVERIFY(carol->received.empty());
    phone->forget();
    QCOMPARE(m_alice->pub(m_bob->id, L("y")).code, 202);
    QVERIFY(phone->all<wire::Pres>().front().act.isEmpty()); // sent by oneself
}

void HubMessagesTest::publishIsRefused_data()
{
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QString>("head");
    QTest::addColumn<int>("code");
    QTest::newRow("not attached") << L("group") << QString() << 409;
    QTest::newRow("me") << L("me") << QString() << 409;
    QTest::newRow("no such kind") << L("weird") << QString() << 404;
    QTest::newRow("a call") << L("bob") << L(R"(,"head":{"webrtc":"started"})") << 501;
    QTest::newRow("reports are kept") << L("sys") << QString() << 202;
}

void HubMessagesTest::publishIsRefused()
{
    QFETCH(QString, topic);
    QFETCH(QString, head);
    if (topic == u"group")
        topic = HubFixture::group(*m_bob);
    if (topic == u"bob")
        topic = m_bob->id;
    QTEST(
        m_alice
            ->ask(packet(L(R"({"pub":{"id":"p","topic":"%1","content":"x"%2}})").arg(topic, head)))
            .code,
        "code");
}

void HubMessagesTest::headAndContentPassUnchanged_data()
{
    QTest::addColumn<QString>("head");
    QTest::addColumn<QString>("content");
    const QString text = L(R"("text")");
    QTest::newRow("reaction") << L(
        R"({"x-confab-cid":"c1","x-confab-reaction":"👍🏽","reply":"1"})")
                              << text;
    QTest::newRow("poll") << L(R"({"mime":"text/x-drafty","x-confab-poll":"single"})")
                          << L(R"({"txt":"Which?  ","fmt":[{"at":7,"len":1,"key":0}],)"
                               R"("ent":[{"tp":"BN","data":{"act":"pub","name":"a","val":"1"}}]})");
    QTest::newRow("form")
        << L(R"({"mime":"text/x-drafty"})")
        << L(R"({"txt":"Go? Yes","fmt":[{"len":7,"tp":"FM"},{"at":4,"len":3,"key":0}],)"
             R"("ent":[{"tp":"BN","data":{"act":"url","ref":"https://x.test/?a=b&c","name":"y"}}]})");
    QTest::newRow("answer to a form")
        << L(R"({"mime":"text/x-drafty","reply":"1"})")
        << L(R"({"txt":" ","fmt":[{"at":-1,"len":0,"key":0}],"ent":[{"tp":"EX","data":)"
             R"({"mime":"text/x-drafty-fr","val":{"seq":1,"resp":{"y":1.5,"n":null,"l":[true,{}]}}}}]})");
    QTest::newRow("forwarded") << L(R"({"forwarded":"grpAAAAAAAAAAA:17","thread":":3"})") << text;
    QTest::newRow("edit") << L(R"({"replace":":1","x-confab-cid":"c2","mime":"text/x-drafty"})")
                          << text;
    QTest::newRow("whatever comes")
        << L(R"({"x-confab-later":{"a":[1,2.25,"ü\u2028",false,null]},"ttl":9})")
        << L(R"([1,{"a":[]},"\u0001"])");
}

void HubMessagesTest::headAndContentPassUnchanged()
{
    QFETCH(QString, head);
    QFETCH(QString, content);
    const auto json = [](const QByteArray &utf8) {
        return QJsonDocument::fromJson('[' + utf8 + ']').array().at(0);
    };
    const auto isSame = [&](const wire::Data &data) {
        return json(data.head.blob().bytes()) == json(head.toUtf8())
            && json(data.content.bytes()) == json(content.toUtf8());
    };
    m_alice->pub(m_bob->id, L("first")); // to be edited
    const wire::Ctrl stored = m_alice->ask(
        packet(L(R"({"pub":{"id":"p","topic":"%1","noecho":true,"head":%2,"content":%3}})")
                   .arg(m_bob->id, head, content)));
    QCOMPARE(stored.code, 202);
    QVERIFY(waitUntil([&] { return m_bob->all<wire::Data>().size() == 2; }));
    QVERIFY2(isSame(m_bob->all<wire::Data>().at(1)), m_bob->frames.last().constData());
    m_bob->forget();
    QCOMPARE(m_bob->page(m_alice->id, L(R"("since":2,"limit":1)")), QList<int>{2});
    QVERIFY2(isSame(m_bob->all<wire::Data>().at(0)), m_bob->frames.first().constData());
}

void HubMessagesTest::pinsAreKeptForAllAndSetByThoseWhoApprove()
{
    const QString group = m_hub->group(*m_alice);
    m_bob->sub(group);
    m_bob->forget();
    QCOMPARE(m_bob->set(group, L(R"("aux":{"pins":[1]})")).code, 403);
    QCOMPARE(m_alice->set(group, L(R"("aux":{"pins":[5,4,3,2,1]})")).code, 200);
    QVERIFY(waitUntil([&] { return m_bob->hasPres(wire::PresKind::Aux, group, {}); }));
    const wire::Meta meta = m_bob->meta(group, L("aux"));
    QCOMPARE(meta.aux.bytes(), QByteArray(R"({"pins":[5,4,3,2,1]})"));
    QCOMPARE(m_alice->set(group, L(R"("aux":{"pins":"\u2421"})")).code, 200);
    // Both of a chat of two may.
    QCOMPARE(m_bob->set(m_alice->id, L(R"("aux":{"pins":[1]})")).code, 200);
}

void HubMessagesTest::senderHeadIsNotTakenFromClients()
{
    m_bob->ask(packet(L(
        R"({"pub":{"id":"p","topic":"%1","content":"x","head":{"sender":"usrAAAAAAAAAAA","x-own":"kept"}}})")
                          .arg(m_alice->id)));
    QCOMPARE(
        m_alice->all<wire::Data>().front().head.blob().bytes(), QByteArray(R"({"x-own":"kept"})"));
}

void HubMessagesTest::repeatedCidIsAnsweredWithTheOldSeq()
{
    const wire::Ctrl first = m_bob->pub(m_alice->id, L("x"), L("cid-1"));
    m_bob->pub(m_alice->id, L("y"), L("cid-2"));
    const wire::Ctrl again = m_bob->pub(m_alice->id, L("x"), L("cid-1"));
    QCOMPARE(again.code, 202);
    QCOMPARE(again.params->seq, first.params->seq);
    QCOMPARE(again.ts, first.ts);
    QCOMPARE(m_alice->all<wire::Data>().size(), size_t(2));
    m_alice.reset();
    m_bob.reset();
}

void HubMessagesTest::repeatedCidBeforeTheCommitIsOneMessage()
{
    const auto phone = hub().secondDevice(*m_bob);
    phone->sub(m_alice->id);
    hub().hub->receive(m_bob.get(), m_bob->pubPacket(m_alice->id, L("x"), L("cid-1")));
    QCOMPARE(phone->pub(m_alice->id, L("x"), L("cid-1")).params->seq, 1);
    QCOMPARE(m_alice->all<wire::Data>().size(), size_t(1));
}

void HubMessagesTest::cidBelongsToOneAuthor()
{
    QCOMPARE(m_bob->pub(m_alice->id, L("x"), L("cid-1")).params->seq, 1);
    QCOMPARE(m_alice->pub(m_bob->id, L("y"), L("cid-1")).params->seq, 2);
}

void HubMessagesTest::pagesAreNewestFirst_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QList<int>>("seqs");
    QTest::newRow("newest") << L(R"("limit":3)") << QList<int>{12, 11, 10};
    QTest::newRow("before is exclusive") << L(R"("before":10,"limit":3)") << QList<int>{9, 8, 7};
    QTest::newRow("since is inclusive") << L(R"("since":10,"before":13)") << QList<int>{12, 11, 10};
    QTest::newRow("newest of what is since") << L(R"("since":2,"limit":2)") << QList<int>{12, 11};
    QTest::newRow("ranges") << L(R"("ranges":[{"low":2,"hi":4},{"low":7}],"limit":10)")
                            << QList<int>{7, 3, 2};
    QTest::newRow("ranges override") << L(R"("since":9,"ranges":[{"low":1}])") << QList<int>{1};
    QTest::newRow("ranges overlap")
        << L(R"("ranges":[{"low":1,"hi":4},{"low":2,"hi":3}])") << QList<int>{3, 2, 1};
    QTest::newRow("nothing there") << L(R"("since":1000)") << QList<int>{};
    QTest::newRow("upside down") << L(R"("since":9,"before":3)") << QList<int>{};
}

void HubMessagesTest::pagesAreNewestFirst()
{
    QFETCH(QString, options);
    for (int i = 0; i < 12; ++i)
        m_bob->pub(m_alice->id, L("x"));
    const QList<int> page = m_alice->page(m_bob->id, options);
    QTEST(page, "seqs");
    const wire::Ctrl last = m_alice->all<wire::Ctrl>().back();
    QCOMPARE(last.code, page.isEmpty() ? 204 : 208);
    QCOMPARE(last.params->what, L("data"));
    if (!page.isEmpty())
        QCOMPARE(last.params->count, std::optional(int(page.size())));
}

void HubMessagesTest::pageIsAtMostAHundred()
{
    for (int i = 0; i < 120; ++i)
        hub().hub->receive(m_bob.get(), m_bob->pubPacket(m_alice->id, L("x")));
    QTRY_COMPARE(m_bob->all<wire::Ctrl>().size(), size_t(120));
    QCOMPARE(m_alice->page(m_bob->id, L(R"("limit":1000)")).size(), 100);
    QCOMPARE(m_alice->page(m_bob->id, L(R"("since":1)")).size(), 100);
}

void HubMessagesTest::deletionsHideExactlyTheRange_data()
{
    QTest::addColumn<QList<wire::SeqRange>>("ranges");
    QTest::addColumn<QList<int>>("left");
    QTest::addColumn<int>("code");
    using Ranges = QList<wire::SeqRange>;
    const QList<int> all{9, 8, 7, 6, 5, 4, 3, 2, 1};
    QTest::newRow("one") << Ranges{{7, 8}} << QList<int>{9, 8, 6, 5, 4, 3, 2, 1} << 200;
    QTest::newRow("end is exclusive") << Ranges{{1, 4}} << QList<int>{9, 8, 7, 6, 5, 4} << 200;
    // The three that upstream merges wrongly (protocol.md §5).
    QTest::newRow("last of two is deleted")
        << Ranges{{1, 4}, {5, 6}} << QList<int>{9, 8, 7, 6, 4} << 200;
    QTest::newRow("gap of one stays") << Ranges{{1, 4}, {5, 8}} << QList<int>{9, 8, 4} << 200;
    QTest::newRow("third after a merge")
        << Ranges{{1, 3}, {2, 4}, {8, 9}} << QList<int>{9, 7, 6, 5, 4} << 200;
    QTest::newRow("everything and more") << Ranges{{1, 5000}} << QList<int>{} << 200;
    QTest::newRow("two that overlap the end") << Ranges{{1, 2}, {2, 2000}} << QList<int>{} << 200;
    QTest::newRow("upside down") << Ranges{{9, 3}} << all << 400;
    QTest::newRow("before the first") << Ranges{{0, 3}} << all << 400;
    QTest::newRow("none") << Ranges{} << all << 400;
    QTest::newRow("beyond the end") << Ranges{{100, 101}} << all << 304;
}

void HubMessagesTest::deletionsHideExactlyTheRange()
{
    QFETCH(QList<wire::SeqRange>, ranges);
    QFETCH(QList<int>, left);
    for (int i = 0; i < 9; ++i)
        m_bob->pub(m_alice->id, L("x"));
    wire::Del del;
    del.id = L("d");
    del.topic = m_bob->id;
    del.delseq = ranges;
    del.hard = true;
    QTEST(m_alice->ask(del).code, "code");
    QCOMPARE(m_alice->page(m_bob->id, L(R"("limit":50)")), left);
}

void HubMessagesTest::softDeletionHidesForOneOnly()
{
    for (int i = 0; i < 5; ++i)
        m_bob->pub(m_alice->id, L("x"));
    const auto phone = hub().secondDevice(*m_alice);
    m_bob->forget();
    QCOMPARE(
        m_alice->del(m_bob->id, L(R"("what":"msg","delseq":[{"low":2,"hi":4}])")).params->del, 1);
    QCOMPARE(m_alice->page(m_bob->id, L(R"("limit":9)")), QList<int>({5, 4, 1}));
    QCOMPARE(m_bob->page(m_alice->id, L(R"("limit":9)")), QList<int>({5, 4, 3, 2, 1}));
    QVERIFY(m_bob->all<wire::Pres>().empty());
    QCOMPARE(phone->all<wire::Pres>().back().what, PresKind::Deleted);
    QCOMPARE(phone->all<wire::Pres>().back().clear, 1);
    m_alice->del(m_bob->id, L(R"("what":"msg","delseq":[{"low":4}])"));
    const wire::Meta meta = m_alice->meta(m_bob->id, L("del"));
    QCOMPARE(meta.del->clear, 2);
    QCOMPARE(meta.del->ranges, QList<wire::SeqRange>({{2, 5}}));
    QVERIFY(!m_bob->meta(m_alice->id, L("del")).del);
}

void HubMessagesTest::hardDeletionHidesForAll()
{
    for (int i = 0; i < 5; ++i)
        m_bob->pub(m_alice->id, L("x"));
    m_bob->forget();
    QCOMPARE(
        m_alice->del(m_bob->id, L(R"("what":"msg","delseq":[{"low":2,"hi":4}],"hard":true)")).code,
        200);
    QCOMPARE(m_bob->page(m_alice->id, L(R"("limit":9)")), QList<int>({5, 4, 1}));
    const wire::Pres pres = m_bob->all<wire::Pres>().front();
    QCOMPARE(pres.what, PresKind::Deleted);
    QCOMPARE(pres.topic, m_alice->id);
    QCOMPARE(pres.delseq, QList<wire::SeqRange>({{2, 4}}));
    QCOMPARE(m_bob->pub(m_alice->id, L("x")).params->seq, 6); // numbers are never used again
}

void HubMessagesTest::hardWithoutTheRightIsSoft()
{
    const QString group = HubFixture::group(*m_alice);
    m_bob->sub(group); // JRWPS: no D
    m_alice->pub(group, L("x"));
    QCOMPARE(m_bob->del(group, L(R"("what":"msg","delseq":[{"low":1}],"hard":true)")).code, 200);
    QCOMPARE(m_bob->page(group, L(R"("limit":9)")), QList<int>());
    QCOMPARE(m_alice->page(group, L(R"("limit":9)")), QList<int>{1});
}

void HubMessagesTest::receiptsMoveForwardOnly()
{
    for (int i = 0; i < 4; ++i)
        m_bob->pub(m_alice->id, L("x"));
    m_bob->forget();
    m_alice->forget();
    const auto note = [&](const char *what, int seq) {
        hub().hub->receive(m_alice.get(),
            packet(L(R"({"note":{"topic":"%1","what":"%2","seq":%3}})")
                       .arg(m_bob->id, L(what))
                       .arg(seq)));
    };
    note("recv", 2);
    note("recv", 2);
    note("recv", 1);
    note("read", 3);
    note("recv", 3); // read implies it
    note("read", 99);
    QList<std::pair<wire::NoteKind, int>> seen;
    for (const wire::Info &info : m_bob->all<wire::Info>()) {
        QCOMPARE(info.from, m_alice->id);
        QCOMPARE(info.topic, m_alice->id);
        seen.append({info.what, info.seq});
    }
    QCOMPARE(seen,
        (QList<std::pair<wire::NoteKind, int>>{
            {wire::NoteKind::Received, 2}, {wire::NoteKind::Read, 3}}));
    QVERIFY(m_alice->received.empty()); // notes are never answered
    const wire::Meta desc = m_alice->meta(m_bob->id, L("desc"));
    QCOMPARE(desc.desc->read, 3);
    QCOMPARE(desc.desc->recv, 3);
}

void HubMessagesTest::receiptsReachOwnDevices()
{
    m_bob->pub(m_alice->id, L("x"));
    const auto phone = hub().secondDevice(*m_alice);
    hub().hub->receive(m_alice.get(),
        packet(L(R"({"note":{"topic":"%1","what":"read","seq":1}})").arg(m_bob->id)));
    QVERIFY(phone->hasPres(PresKind::Read, L("me"), m_bob->id));
    // Attached nowhere: recv is taken, read is not.
    m_bob->pub(m_alice->id, L("y"));
    m_bob->forget();
    const auto note = [&](const char *what) {
        hub().hub->receive(phone.get(),
            packet(L(R"({"note":{"topic":"%1","what":"%2","seq":2}})").arg(m_bob->id, L(what))));
    };
    note("read");
    QVERIFY(m_bob->all<wire::Info>().empty());
    note("recv");
    QCOMPARE(m_bob->all<wire::Info>().size(), size_t(1));
}

void HubMessagesTest::typingReachesOthers()
{
    const auto phone = hub().secondDevice(*m_alice);
    phone->sub(m_bob->id);
    phone->forget();
    hub().hub->receive(
        m_alice.get(), packet(L(R"({"note":{"topic":"%1","what":"kp"}})").arg(m_bob->id)));
    QCOMPARE(m_bob->all<wire::Info>().size(), size_t(1));
    QCOMPARE(m_bob->all<wire::Info>().front().what, wire::NoteKind::Typing);
    QVERIFY(phone->all<wire::Info>().empty());
    hub().hub->receive(
        m_alice.get(), packet(L(R"({"note":{"topic":"%1","what":"kpa"}})").arg(m_bob->id)));
    QCOMPARE(phone->all<wire::Info>().size(), size_t(1));
}

void HubMessagesTest::oneEncodeForAllOfAGroup()
{
    const QString group = HubFixture::group(*m_alice);
    m_bob->sub(group);
    const auto phone = hub().secondDevice(*m_bob);
    phone->sub(group);
    m_bob->forget();
    phone->forget();
    m_alice->pub(group, L("x"));
    QCOMPARE(m_bob->frames.size(), 1);
    QCOMPARE(phone->frames.size(), 1);
    QCOMPARE(static_cast<const void *>(m_bob->frames.first().constData()),
        static_cast<const void *>(phone->frames.first().constData()));
}

void HubMessagesTest::numbersSurviveARestart()
{
    const QByteArray token = m_bob->token;
    const wire::UserId alice = m_alice->id;
    QSet<int> acknowledged;
    for (int round = 0; round < 3; ++round) {
        Person bob(*hub().hub, QString());
        bob.signIn(token);
        bob.sub(alice);
        bob.forget();
        for (int i = 0; i < 20; ++i)
            hub().hub->receive(&bob, bob.pubPacket(alice, L("x")));
        QTRY_VERIFY(
            bob.all<wire::Ctrl>().size() >= 5); // the others may be lost or stored, both are fine
        for (const wire::Ctrl &ctrl : bob.all<wire::Ctrl>()) {
            QCOMPARE(ctrl.code, 202);
            QVERIFY2(!acknowledged.contains(ctrl.params->seq), "a number was given twice");
            acknowledged.insert(ctrl.params->seq);
        }
        hub().hub->detach(&bob);
        if (round == 0) {
            m_alice.reset();
            m_bob.reset();
        }
        hub().hub.reset(); // what is queued is nobody's any more
        hub().restart();
    }
    Person bob(*hub().hub, QString());
    bob.signIn(token);
    bob.sub(alice);
    const QList<int> stored = bob.page(alice, L(R"("limit":100)"));
    for (const int seq : acknowledged)
        QVERIFY(stored.contains(seq));
    for (qsizetype i = 0; i < stored.size(); ++i)
        QCOMPARE(stored.at(i), int(stored.size() - i)); // none skipped
}

void HubMessagesTest::messagesOfOneTurnShareACommit()
{
    const int before = hub().database->commitCount();
    for (int i = 0; i < 30; ++i)
        hub().hub->receive(m_bob.get(), m_bob->pubPacket(m_alice->id, L("x")));
    QTRY_COMPARE(m_bob->all<wire::Ctrl>().size(), size_t(30));
    QCOMPARE(hub().database->commitCount() - before, 1);
}

void HubMessagesTest::manyPublishesShareCommits()
{
    const int before = hub().database->commitCount();
    for (int i = 0; i < 200; ++i)
        hub().hub->receive(m_bob.get(), m_bob->pubPacket(m_alice->id, L("x")));
    QTRY_COMPARE(m_bob->all<wire::Ctrl>().size(), size_t(200));
    QVERIFY(hub().database->commitCount() - before <= 8); // of at least 32, and the rest
}

void HubMessagesTest::historyNeedsTheRightToRead()
{
    for (int i = 0; i < 3; ++i)
        m_bob->pub(m_alice->id, L("x"));
    const auto carol = hub().person(L("carol"));
    const auto page = hub().hub->history(m_alice->id, m_bob->id, 3, 10);
    QVERIFY(page.ok());
    QCOMPARE(page->size(), 2);
    QCOMPARE(page->first().seq, 2);
    QCOMPARE(hub().hub->history(carol->id, m_bob->id, 0, 10).error(), 404);
    QCOMPARE(hub().hub->history(carol->id, L("grpAAAAAAAAAAA"), 0, 10).error(), 404);
}

QTEST_GUILESS_MAIN(HubMessagesTest)
#include "tst_hubmessages.moc"
