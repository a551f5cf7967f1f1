#include "hubfixture.h"

#include <QTest>

using namespace confab;
using namespace confab::server;

namespace {

QString L(const char *text)
{
    return QString::fromUtf8(text);
}

}

// A channel is a group (grpX) that people also read without belonging to it (chnX).
class HubChannelsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void newChannelIsAGroupToItsOwner();
    void readerSeesTheTextAndNotTheWriter();
    void readerHasReaderRightsOnly();
    void membersNeverLearnOfReaders();
    void readerSeesOnlyItselfInTheList();
    void wrongNameLeadsToTheRightOne();
    void publishingToManyEncodesOncePerVariant();
    void newsGoToReadersWhoAreElsewhere();
    void chatListNamesTheChannelAsItsReaderDoes();
    void findShowsTheChannelToStrangers();
    void invitedReaderBecomesAMember();
    void bannedMemberMayNotRead();
    void readersOutliveARestart();
    void leavingReaderMayComeBack();
    void deletedChannelIsGoneForEverybody();
    void ordinaryGroupIsNoChannel();

private:
    /// A channel of Alice's and what its readers call it.
    void makeChannel()
    {
        m_group = m_alice
                      ->sub(L("nch1"),
                          L(R"(,"set":{"desc":{"public":{"fn":"News"}},"tags":["newspaper"]})"))
                      .topic;
        m_channel = L("chn") + m_group.mid(3);
    }

    std::unique_ptr<HubFixture> m_hub;
    std::unique_ptr<Person> m_alice;
    std::unique_ptr<Person> m_bob;
    QString m_group;
    QString m_channel;
};

void HubChannelsTest::init()
{
    m_hub = std::make_unique<HubFixture>();
    m_alice = m_hub->person(L("alice"));
    m_bob = m_hub->person(L("bob"));
    makeChannel();
}

void HubChannelsTest::cleanup()
{
    m_alice.reset();
    m_bob.reset();
    m_hub.reset();
}

void HubChannelsTest::newChannelIsAGroupToItsOwner()
{
    QVERIFY(m_group.startsWith(L("grp")));
    const wire::Meta meta = m_alice->meta(m_group, L("desc"));
    QVERIFY(meta.desc->chan);
    QCOMPARE(wire::formatAccess(*meta.desc->defacs->auth), L("RWPS"));
    QCOMPARE(wire::formatAccess(meta.desc->acs->mode()), L("JRWPASDO"));
}

void HubChannelsTest::readerSeesTheTextAndNotTheWriter()
{
    const wire::Ctrl ctrl = m_bob->sub(m_channel, L(R"(,"get":{"what":"desc"})"));
    QCOMPARE(ctrl.code, 200);
    QCOMPARE(ctrl.topic, m_channel);
    QCOMPARE(wire::formatAccess(ctrl.params->acs->mode()), L("JRP"));
    QTRY_COMPARE(m_bob->all<wire::Meta>().size(), size_t(1));
    QVERIFY(m_bob->all<wire::Meta>().front().desc->chan);
    QVERIFY(!m_bob->all<wire::Meta>().front().desc->defacs);
    QCOMPARE(m_alice->pub(m_group, L("extra")).code, 202);
    QTRY_COMPARE(m_bob->all<wire::Data>().size(), size_t(1));
    QCOMPARE(m_bob->all<wire::Data>().front().topic, m_channel);
    QCOMPARE(m_bob->all<wire::Data>().front().from, QString());
    QCOMPARE(m_bob->page(m_channel, L(R"("limit":5)")), QList<int>({1}));
    QCOMPARE(m_bob->all<wire::Data>().back().from, QString());
    const auto history = m_hub->hub->history(m_bob->id, m_channel, 0, 10);
    QCOMPARE(history->size(), 1);
    QCOMPARE(history->first().from, QString());
}

void HubChannelsTest::readerHasReaderRightsOnly()
{
    m_bob->sub(m_channel);
    m_alice->pub(m_group, L("extra"));
    QCOMPARE(m_bob->pub(m_channel, L("no")).code, 403);
    QCOMPARE(m_bob->del(m_channel, L(R"("what":"msg","delseq":[{"low":1}])")).code, 405);
    QCOMPARE(m_bob->set(m_channel, L(R"("desc":{"public":{"fn":"Mine"}})")).code, 403);
    QCOMPARE(m_bob->set(m_channel, L(R"("tags":["mine"])")).code, 403);
    QCOMPARE(m_bob->set(m_channel, L(R"("aux":{"pins":[1]})")).code, 403);
    const QString other = m_alice->id;
    QCOMPARE(m_bob->set(m_channel, L(R"("sub":{"user":"%1","mode":"N"})").arg(other)).code, 403);
    QCOMPARE(m_bob->del(m_channel, L(R"("what":"sub","user":"%1")").arg(other)).code, 403);
    // Asking for more is no way to more.
    m_bob->set(m_channel, L(R"("sub":{"mode":"JRWP"})"));
    QCOMPARE(m_bob->pub(m_channel, L("no")).code, 403);
    QCOMPARE(m_bob->set(m_channel, L(R"("sub":{"mode":"JRWPASDO"})")).code, 403);
    // Notes of one's own are fine.
    QCOMPARE(m_bob->set(m_channel, L(R"("desc":{"private":{"comment":"c"}})")).code, 200);
}

void HubChannelsTest::membersNeverLearnOfReaders()
{
    m_alice->pub(m_group, L("extra"));
    m_alice->forget();
    m_bob->sub(m_channel);
    m_hub->hub->receive(
        m_bob.get(), packet(L(R"({"note":{"topic":"%1","what":"read","seq":1}})").arg(m_channel)));
    m_bob->ask(packet(L(R"({"leave":{"id":"1","topic":"%1","unsub":true}})").arg(m_channel)));
    const wire::Meta list = m_alice->meta(m_group, L("sub"));
    QCOMPARE(list.sub->size(), 1);
    for (const QByteArray &frame : std::as_const(m_alice->frames))
        QVERIFY2(!frame.contains(m_bob->id.toUtf8()), frame.constData());
}

void HubChannelsTest::readerSeesOnlyItselfInTheList()
{
    const auto carol = m_hub->person(L("carol"));
    carol->sub(m_channel);
    m_bob->sub(m_channel);
    const wire::Meta list = m_bob->meta(m_channel, L("sub"));
    QCOMPARE(list.sub->size(), 1);
    QCOMPARE(list.sub->first().user, m_bob->id);
    QCOMPARE(m_bob->meta(m_channel, L("desc")).desc->subcnt, 3);
}

void HubChannelsTest::wrongNameLeadsToTheRightOne()
{
    const wire::Ctrl member = m_alice->sub(m_channel);
    QCOMPARE(member.code, 303);
    QCOMPARE(member.params->topic, m_group);
    QCOMPARE(m_bob->sub(m_group).code, 403); // writers are invited
    m_bob->sub(m_channel);
    const wire::Ctrl reader = m_bob->sub(m_group);
    QCOMPARE(reader.code, 303);
    QCOMPARE(reader.params->topic, m_channel);
    QCOMPARE(m_bob->pub(m_group, L("no")).code, 409);
    QCOMPARE(m_bob->sub(m_channel).code, 304);
}

void HubChannelsTest::publishingToManyEncodesOncePerVariant()
{
    std::vector<std::unique_ptr<Person>> readers;
    for (int i = 0; i < 12; ++i) {
        readers.push_back(m_hub->person(L("reader%1").arg(i)));
        readers.back()->sub(m_channel);
        readers.back()->forget();
    }
    const auto tablet = m_hub->secondDevice(*m_alice);
    tablet->sub(m_group);
    const auto phone = m_hub->secondDevice(*m_alice);
    phone->sub(m_group);
    tablet->forget();
    phone->forget();
    m_alice->pub(m_group, L("extra"));
    QTRY_COMPARE(readers.back()->all<wire::Data>().size(), size_t(1));
    // A frame is encoded once if all its recipients hold the same bytes, not only equal ones.
    QSet<const char *> toReaders;
    for (const auto &reader : readers)
        toReaders.insert(reader->frames.constLast().constData());
    QCOMPARE(toReaders.size(), 1);
    QCOMPARE(tablet->frames.constLast().constData(), phone->frames.constLast().constData());
    QVERIFY(tablet->frames.constLast() != readers.front()->frames.constLast());
}

void HubChannelsTest::newsGoToReadersWhoAreElsewhere()
{
    m_bob->sub(m_channel);
    m_bob->ask(packet(L(R"({"leave":{"id":"1","topic":"%1"}})").arg(m_channel)));
    m_bob->forget();
    m_alice->pub(m_group, L("extra"));
    QTRY_VERIFY(m_bob->hasPres(wire::PresKind::Message, L("me"), m_channel));
    // No author, but not nobody either: that would mean "sent by me".
    QCOMPARE(m_bob->all<wire::Pres>().front().act, m_channel);
}

void HubChannelsTest::chatListNamesTheChannelAsItsReaderDoes()
{
    m_bob->sub(m_channel);
    QCOMPARE(m_bob->meta(L("me"), L("sub")).sub->first().topic, m_channel);
    QCOMPARE(m_alice->meta(L("me"), L("sub")).sub->first().topic, m_group);
}

void HubChannelsTest::findShowsTheChannelToStrangers()
{
    for (Person *person : {m_alice.get(), m_bob.get()}) {
        person->sub(L("fnd"));
        person->set(L("fnd"), L(R"("desc":{"public":"newspaper"})"));
    }
    const wire::Meta found = m_bob->meta(L("fnd"), L("sub"));
    QCOMPARE(found.sub->first().topic, m_channel);
    QCOMPARE(wire::formatAccess(found.sub->first().acs->mode()), L("JRP"));
    QCOMPARE(m_alice->meta(L("fnd"), L("sub")).sub->first().topic, m_group);
}

void HubChannelsTest::invitedReaderBecomesAMember()
{
    m_bob->sub(m_channel);
    m_bob->forget();
    QCOMPARE(m_alice->set(m_group, L(R"("sub":{"user":"%1"})").arg(m_bob->id)).code, 200);
    QVERIFY(m_bob->hasPres(wire::PresKind::Gone, L("me"), m_channel));
    QVERIFY(m_bob->hasPres(wire::PresKind::Access, L("me"), m_group));
    QCOMPARE(m_bob->all<wire::Ctrl>().front().code, 205);
    QCOMPARE(m_bob->sub(m_group).code, 200);
    QCOMPARE(m_bob->pub(m_group, L("now I may")).code, 202);
}

void HubChannelsTest::bannedMemberMayNotRead()
{
    m_alice->set(m_group, L(R"("sub":{"user":"%1","mode":"JRWP"})").arg(m_bob->id));
    m_bob->sub(m_group);
    m_alice->set(m_group, L(R"("sub":{"user":"%1","mode":"N"})").arg(m_bob->id));
    QCOMPARE(m_bob->sub(m_channel).code, 303);
    m_bob->del(m_group, L(R"("what":"topic")"));
    QCOMPARE(m_bob->sub(m_channel).code, 403);
}

void HubChannelsTest::readersOutliveARestart()
{
    m_bob->sub(m_channel);
    const QByteArray token = m_bob->token;
    m_alice.reset();
    m_bob.reset();
    m_hub->restart();
    Person again(*m_hub->hub, L("bob"));
    again.signIn(token);
    const wire::Ctrl ctrl = again.sub(m_channel);
    QCOMPARE(ctrl.code, 200);
    QVERIFY(!ctrl.params); // nothing changed
    QCOMPARE(again.pub(m_channel, L("no")).code, 403);
}

void HubChannelsTest::leavingReaderMayComeBack()
{
    m_bob->sub(m_channel);
    m_bob->ask(packet(L(R"({"leave":{"id":"1","topic":"%1","unsub":true}})").arg(m_channel)));
    QVERIFY(!m_bob->meta(L("me"), L("sub")).sub);
    QCOMPARE(m_bob->sub(m_channel).code, 200);
    QCOMPARE(m_bob->meta(m_channel, L("sub")).sub->size(), 1);
}

void HubChannelsTest::deletedChannelIsGoneForEverybody()
{
    m_bob->sub(m_channel);
    m_bob->forget();
    QCOMPARE(m_alice->del(m_group, L(R"("what":"topic","hard":true)")).code, 200);
    QTRY_VERIFY(m_bob->hasPres(wire::PresKind::Gone, L("me"), m_channel));
    QVERIFY(m_alice->hasPres(wire::PresKind::Gone, L("me"), m_group));
    QCOMPARE(m_bob->sub(m_channel).code, 404);
}

void HubChannelsTest::ordinaryGroupIsNoChannel()
{
    const QString group = HubFixture::group(*m_alice);
    QCOMPARE(m_bob->sub(L("chn") + group.mid(3)).code, 404);
}

QTEST_GUILESS_MAIN(HubChannelsTest)
#include "tst_hubchannels.moc"
