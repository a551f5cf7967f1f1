#include "hubfixture.h"
#include "server/hub/access.h"

using namespace confab;
using namespace confab::server;
using wire::PresKind;

class HubTopicsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_hub = std::make_unique<HubFixture>(); }
    void cleanup() { m_hub.reset(); }

    void meDescribesTheAccount();
    void publicIsMergedAndLimited();
    void aliasBelongsToOne();
    void findMatches_data();
    void findMatches();
    void findGivesOwnersOfAnExactTag();
    void directChatIsMadeForBoth();
    void directChatIsRefused_data();
    void directChatIsRefused();
    void presenceReachesOnlyPartners();
    void invisibleUserSendsNoPresence();
    void groupMembersAreInvitedAndLeave();
    void ownerIsTheOnlyOneWhoRenames();
    void evictedMemberIsToldAndDetached();
    void losingJoinEvicts();
    void bannedMemberStaysBannedAfterLeaving();
    void ownershipIsOfferedAndTaken();
    void ownerMayNotLeave();
    void deletedGroupIsGone();
    void deletedDirectChatComesBackWithNews();
    void savedMessagesAreMadeOnDemand();
    void groupIsLimited();
    void topicsAreRefused_data();
    void topicsAreRefused();
    void unattachedSeesDescOnly();
    void chatListCarriesDeletedOnesWithIms();
    void accessMatrixDeniesByDefault();
    void everyPacketIsAnsweredForEveryTopicAndRole();

private:
    std::unique_ptr<HubFixture> m_hub;
};

namespace {

QString L(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

void HubTopicsTest::meDescribesTheAccount()
{
    const auto alice = m_hub->person(L("alice"));
    const wire::Meta meta = alice->meta(L("me"), L("desc"));
    QVERIFY(meta.desc);
    QCOMPARE(wire::formatAccess(meta.desc->acs->mode()), L("JPS"));
    QCOMPARE(wire::formatAccess(*meta.desc->defacs->auth), L("JRWPASD"));
    QCOMPARE(meta.desc->pub.bytes(), QByteArray(R"({"fn":"alice"})"));
    QCOMPARE(alice->meta(L("me"), L("sub")).sub.has_value(), false);
    QCOMPARE(alice->sub(L("me")).code, 304);
}

void HubTopicsTest::publicIsMergedAndLimited()
{
    const auto alice = m_hub->person(L("alice"));
    QCOMPARE(alice->set(L("me"), L(R"("desc":{"public":{"note":"n"}})")).code, 200);
    QCOMPARE(alice->set(L("me"), L(R"("desc":{"public":{"note":"n"}})")).code, 304);
    QCOMPARE(alice->meta(L("me"), L("desc")).desc->pub.bytes(),
        QByteArray(R"({"fn":"alice","note":"n"})"));
    QCOMPARE(alice->set(L("me"), L("\"desc\":{\"public\":{\"note\":\"\u2421\"}}")).code, 200);
    QCOMPARE(alice->meta(L("me"), L("desc")).desc->pub.bytes(), QByteArray(R"({"fn":"alice"})"));
    const QString big(40'000, u'x');
    QCOMPARE(alice->set(L("me"), L(R"("desc":{"public":{"note":"%1"}})").arg(big)).code, 413);
}

void HubTopicsTest::aliasBelongsToOne()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    QCOMPARE(alice->set(L("me"), L(R"("tags":["basic:alice","alias:star"])")).code, 200);
    QCOMPARE(bob->set(L("me"), L(R"("tags":["basic:bob","alias:star"])")).code, 409);
    QCOMPARE(bob->set(L("me"), L(R"("tags":["basic:bob","alias:x"])")).code, 422);
}

void HubTopicsTest::findMatches_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("logins");
    QTest::newRow("tag") << L("painter") << QStringList{L("alice"), L("carol")};
    QTest::newRow("and") << L("painter gardener") << QStringList{L("alice")};
    QTest::newRow("or") << L("gardener,nonesuch") << QStringList{L("alice")};
    QTest::newRow("exact login tag") << L("basic:alice") << QStringList{L("alice")};
    QTest::newRow("login as a bare word") << L("ALICE") << QStringList{L("alice")};
    QTest::newRow("alias as a bare word") << L("star") << QStringList{L("alice")};
    QTest::newRow("as the web client asks") << L("alias:star,star") << QStringList{L("alice")};
    QTest::newRow("beginning of a name") << L("Lid") << QStringList{L("alice")};
    QTest::newRow("two words of a name") << L("alice liddell") << QStringList{L("alice")};
    QTest::newRow("part of a prefixed tag") << L("basic:ali") << QStringList{};
    QTest::newRow("nobody") << L("nonesuch") << QStringList{};
    QTest::newRow("unbalanced quote") << L("\\\"unbalanced") << QStringList{};
    QTest::newRow("only commas") << L(", ,") << QStringList{};
}

void HubTopicsTest::findMatches()
{
    QFETCH(QString, query);
    QFETCH(QStringList, logins);
    const auto alice = m_hub->person(L("alice"));
    const auto carol = m_hub->person(L("carol"));
    const auto bob = m_hub->person(L("bob"));
    alice->set(L("me"), L(R"("desc":{"public":{"fn":"Alice Liddell"}})"));
    alice->set(L("me"), L(R"("tags":["basic:alice","alias:star","painter","gardener"])"));
    carol->set(L("me"), L(R"("tags":["basic:carol","painter"])"));
    bob->set(L("me"), L(R"("tags":["basic:bob","painter"])")); // never finds himself
    QCOMPARE(bob->sub(L("fnd")).code, 200);
    QCOMPARE(bob->set(L("fnd"), L(R"("desc":{"public":"%1"})").arg(query)).code, 200);
    const wire::Meta meta = bob->meta(L("fnd"), L("sub"));
    QStringList found;
    for (const wire::Subscription &hit : meta.sub.value_or(QList<wire::Subscription>()))
        found.append(hit.topic == alice->id ? L("alice")
                : hit.topic == carol->id    ? L("carol")
                                            : L("?"));
    found.sort();
    QCOMPARE(found, logins);
}

void HubTopicsTest::findGivesOwnersOfAnExactTag()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    bob->sub(L("fnd"));
    const wire::Meta meta = bob->askMeta(
        packet(L(R"({"get":{"id":"1","topic":"fnd","what":"tags","tags":["basic:alice"]}})")));
    QCOMPARE(meta.tags.value_or(QStringList()), QStringList{alice->id});
    // As official clients ask.
    bob->set(L("fnd"), L(R"("desc":{"public":"basic:alice"})"));
    QCOMPARE(bob->meta(L("fnd"), L("tags")).tags.value_or(QStringList()), QStringList{alice->id});
    bob->set(L("fnd"), L(R"("desc":{"public":"%1"})").arg(alice->id));
    QCOMPARE(bob->meta(L("fnd"), L("sub")).sub->first().topic, alice->id);
}

void HubTopicsTest::directChatIsMadeForBoth()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const wire::Ctrl ctrl = bob->sub(alice->id);
    QCOMPARE(ctrl.code, 200);
    QCOMPARE(ctrl.topic, alice->id);
    QVERIFY(ctrl.params->acs);
    QCOMPARE(wire::formatAccess(ctrl.params->acs->mode()), L("JRWPAD"));
    QVERIFY(alice->hasPres(PresKind::Access, L("me"), bob->id));
    QVERIFY(alice->hasPres(PresKind::On, L("me"), bob->id));
    QVERIFY(bob->hasPres(PresKind::On, L("me"), alice->id));
    QCOMPARE(bob->sub(alice->id).code, 304);
    const wire::Ctrl other = alice->sub(bob->id);
    QCOMPARE(other.code, 200);
    QVERIFY(!other.params);
    QCOMPARE(alice->meta(bob->id, L("sub")).sub->size(), 2);
}

void HubTopicsTest::directChatIsRefused_data()
{
    QTest::addColumn<QString>("topic");
    QTest::addColumn<int>("code");
    QTest::newRow("nobody") << L("usrAAAAAAAAAAA") << 404;
    QTest::newRow("too short") << L("usrAAAA") << 400;
    QTest::newRow("oneself") << L("self") << 403;
    QTest::newRow("one who lets nobody in") << L("closed") << 403;
}

void HubTopicsTest::directChatIsRefused()
{
    QFETCH(QString, topic);
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    alice->set(L("me"), L(R"("desc":{"defacs":{"auth":"N"}})"));
    if (topic == u"self")
        topic = bob->id;
    if (topic == u"closed")
        topic = alice->id;
    QTEST(bob->sub(topic).code, "code");
}

void HubTopicsTest::presenceReachesOnlyPartners()
{
    const auto alice = m_hub->person(L("alice"));
    const auto carol = m_hub->person(L("carol"));
    auto bob = m_hub->person(L("bob"));
    bob->sub(alice->id);
    const QByteArray token = bob->token;
    const wire::UserId bobId = bob->id;
    alice->forget();
    bob.reset();
    QTRY_VERIFY(alice->hasPres(PresKind::Off, L("me"), bobId));
    alice->forget();
    Person again(*m_hub->hub, QString());
    again.signIn(token);
    QVERIFY(!alice->hasPres(PresKind::On, L("me"), bobId)); // not before it is on me
    again.sub(L("me"));
    QVERIFY(alice->hasPres(PresKind::On, L("me"), bobId));
    alice->forget();
    const auto second = m_hub->secondDevice(again);
    QVERIFY(!alice->hasPres(PresKind::On, L("me"), bobId)); // only the first device counts
    QCOMPARE(again.set(L("me"), L(R"("desc":{"public":{"note":"new"}})")).code, 200);
    QVERIFY(alice->hasPres(PresKind::Updated, L("me"), bobId));
    QVERIFY(second->hasPres(PresKind::Updated, L("me"), L("me")));
    QVERIFY(carol->received.empty());
}

void HubTopicsTest::invisibleUserSendsNoPresence()
{
    const auto alice = m_hub->person(L("alice"));
    auto bob = m_hub->person(L("bob"));
    bob->sub(alice->id);
    QCOMPARE(bob->set(L("me"), L(R"("sub":{"mode":"JS"})")).code, 200);
    const wire::UserId bobId = bob->id;
    alice->forget();
    bob.reset();
    QVERIFY(!alice->meta(L("me"), L("sub")).sub->first().online);
    QVERIFY(!alice->hasPres(PresKind::Off, L("me"), bobId));
}

void HubTopicsTest::groupMembersAreInvitedAndLeave()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    QVERIFY(group.startsWith(L("grp")));
    QCOMPARE(alice->meta(group, L("desc")).desc->subcnt, 1);
    const wire::Ctrl invited
        = alice->set(group, L(R"("sub":{"user":"%1","mode":"JRWPS"})").arg(bob->id));
    QCOMPARE(invited.code, 200);
    QCOMPARE(invited.params->user, bob->id);
    QVERIFY(bob->hasPres(PresKind::Access, L("me"), group));
    QVERIFY(bob->hasPres(PresKind::On, L("me"), group));
    alice->forget();
    QCOMPARE(bob->sub(group).code, 200);
    QVERIFY(alice->hasPres(PresKind::On, group, bob->id));
    alice->forget();
    QCOMPARE(bob->ask(packet(L(R"({"leave":{"id":"x","topic":"%1"}})").arg(group))).code, 200);
    QVERIFY(alice->hasPres(PresKind::Off, group, bob->id));
    bob->forget();
    QCOMPARE(bob->ask(packet(L(R"({"leave":{"id":"y","topic":"%1"}})").arg(group))).code, 304);
    QCOMPARE(
        bob->ask(packet(L(R"({"leave":{"id":"z","topic":"%1","unsub":true}})").arg(group))).code,
        409);
    bob->sub(group);
    const auto phone = m_hub->secondDevice(*bob);
    QCOMPARE(
        bob->ask(packet(L(R"({"leave":{"id":"u","topic":"%1","unsub":true}})").arg(group))).code,
        200);
    QVERIFY(phone->hasPres(PresKind::Gone, L("me"), group));
    QVERIFY(alice->hasPres(PresKind::Access, group, bob->id));
    QCOMPARE(alice->meta(group, L("sub")).sub->size(), 1);
}

void HubTopicsTest::ownerIsTheOnlyOneWhoRenames()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    bob->sub(group);
    QCOMPARE(bob->set(group, L(R"("desc":{"public":{"fn":"stolen"}})")).code, 403);
    QCOMPARE(bob->set(group, L(R"("desc":{"defacs":{"auth":"JRWPASDO"}})")).code, 403);
    QCOMPARE(bob->set(group, L(R"("tags":["mine"])")).code, 403);
    QCOMPARE(bob->set(group, L(R"("aux":{"pins":[1]})")).code, 403);
    QCOMPARE(bob->set(group, L(R"("desc":{"private":{"comment":"own"}})")).code, 200);
    bob->forget();
    QCOMPARE(alice->set(group, L(R"("desc":{"public":{"fn":"Renamed"}})")).code, 200);
    QVERIFY(bob->hasPres(PresKind::Updated, L("me"), group));
    QCOMPARE(bob->meta(group, L("desc")).desc->pub.bytes(), QByteArray(R"({"fn":"Renamed"})"));
    QCOMPARE(alice->set(group, L(R"("aux":{"pins":[1]})")).code, 200);
    QVERIFY(bob->hasPres(PresKind::Aux, group, QString()));
    const auto getAux = packet(L(R"({"get":{"id":"a","topic":"%1","what":"aux"}})").arg(group));
    QCOMPARE(bob->askMeta(getAux).aux.bytes(), QByteArray(R"({"pins":[1]})"));
    QCOMPARE(alice->set(group, L(R"("aux":{"pins":"\u2421"})")).code, 200);
    QCOMPARE(bob->ask(getAux).code, 204);
}

void HubTopicsTest::evictedMemberIsToldAndDetached()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    bob->sub(group);
    QCOMPARE(bob->del(group, L(R"("what":"sub","user":"%1")").arg(alice->id)).code, 403);
    bob->forget();
    QCOMPARE(alice->del(group, L(R"("what":"sub","user":"%1")").arg(bob->id)).code, 200);
    const std::vector<wire::Ctrl> told = bob->all<wire::Ctrl>();
    QCOMPARE(told.size(), size_t(1));
    QCOMPARE(told.front().code, 205);
    QVERIFY(told.front().id.isEmpty());
    QCOMPARE(told.front().params->unsub, std::optional(true));
    QVERIFY(bob->hasPres(PresKind::Gone, L("me"), group));
    QCOMPARE(bob->pub(group, L("still here?")).code, 409);
    QCOMPARE(alice->del(group, L(R"("what":"sub","user":"%1")").arg(bob->id)).code, 304);
}

void HubTopicsTest::losingJoinEvicts()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    bob->sub(group);
    bob->forget();
    QCOMPARE(bob->set(group, L(R"("sub":{"mode":"N"})")).code, 200);
    QCOMPARE(bob->all<wire::Ctrl>().front().code, 205);
    QCOMPARE(bob->all<wire::Ctrl>().front().params->unsub, std::optional(false));
    QVERIFY(bob->hasPres(PresKind::Off, L("me"), group));
    const wire::Ctrl back = bob->sub(group);
    QCOMPARE(back.code, 200);
    QCOMPARE(wire::formatAccess(back.params->acs->mode()), L("JRWPS"));
    QCOMPARE(alice->set(group, L(R"("sub":{"user":"%1","mode":"N"})").arg(bob->id)).code, 200);
    QCOMPARE(bob->sub(group).code, 403);
}

void HubTopicsTest::bannedMemberStaysBannedAfterLeaving()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    bob->sub(group);
    alice->set(group, L(R"("sub":{"user":"%1","mode":"N"})").arg(bob->id));
    QCOMPARE(bob->del(group, L(R"("what":"topic")")).code, 200);
    QCOMPARE(bob->sub(group).code, 403);
}

void HubTopicsTest::ownershipIsOfferedAndTaken()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    bob->sub(group);
    QCOMPARE(bob->set(group, L(R"("sub":{"mode":"JRWPASDO"})")).code, 403);
    QCOMPARE(
        alice->set(group, L(R"("sub":{"user":"%1","mode":"JRWPASDO"})").arg(bob->id)).code, 200);
    QCOMPARE(bob->set(group, L(R"("sub":{"mode":"JRWPASDO"})")).code, 200);
    const wire::Meta desc = alice->meta(group, L("desc"));
    QCOMPARE(wire::formatAccess(desc.desc->acs->mode()), L("JRWPASD"));
    QCOMPARE(alice->del(group, L(R"("what":"sub","user":"%1")").arg(bob->id)).code, 403);
    QCOMPARE(
        alice->ask(packet(L(R"({"leave":{"id":"u","topic":"%1","unsub":true}})").arg(group))).code,
        200);
}

void HubTopicsTest::ownerMayNotLeave()
{
    const auto alice = m_hub->person(L("alice"));
    const QString group = HubFixture::group(*alice);
    QCOMPARE(
        alice->ask(packet(L(R"({"leave":{"id":"u","topic":"%1","unsub":true}})").arg(group))).code,
        403);
    QCOMPARE(alice->set(group, L(R"("sub":{"mode":"JRW"})")).code, 403);
}

void HubTopicsTest::deletedGroupIsGone()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    bob->sub(group);
    bob->forget();
    QCOMPARE(alice->del(group, L(R"("what":"topic","hard":true)")).code, 200);
    QVERIFY(bob->hasPres(PresKind::Gone, L("me"), group));
    QCOMPARE(bob->pub(group, L("x")).code, 409);
    QCOMPARE(bob->sub(group).code, 404);
}

void HubTopicsTest::deletedDirectChatComesBackWithNews()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    bob->sub(alice->id);
    QCOMPARE(alice->del(bob->id, L(R"("what":"topic")")).code, 200);
    QVERIFY(!alice->meta(L("me"), L("sub")).sub);
    alice->forget();
    QCOMPARE(bob->pub(alice->id, L("are you there?")).code, 202);
    QVERIFY(alice->hasPres(PresKind::Access, L("me"), bob->id));
    QVERIFY(alice->hasPres(PresKind::Message, L("me"), bob->id));
    QCOMPARE(alice->meta(L("me"), L("sub")).sub->first().topic, bob->id);
}

void HubTopicsTest::savedMessagesAreMadeOnDemand()
{
    const auto alice = m_hub->person(L("alice"));
    const wire::Ctrl ctrl = alice->sub(L("slf"));
    QCOMPARE(ctrl.code, 200);
    QCOMPARE(ctrl.topic, L("slf"));
    QCOMPARE(wire::formatAccess(ctrl.params->acs->mode()), L("JRWDO"));
    QCOMPARE(alice->pub(L("slf"), L("note")).params->seq, 1);
    const auto phone = m_hub->secondDevice(*alice);
    QCOMPARE(phone->meta(L("me"), L("sub")).sub->first().topic, L("slf"));
    QCOMPARE(phone->sub(L("slf")).code, 200);
    QCOMPARE(phone->page(L("slf"), L(R"("limit":5)")), QList<int>{1});
}

void HubTopicsTest::groupIsLimited()
{
    m_hub->options.maxSubscribers = 2;
    m_hub->restart();
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const auto carol = m_hub->person(L("carol"));
    const QString group = HubFixture::group(*alice);
    QCOMPARE(bob->sub(group).code, 200);
    QCOMPARE(carol->sub(group).code, 422);
    QCOMPARE(alice->set(group, L(R"("sub":{"user":"%1"})").arg(carol->id)).code, 422);
}

void HubTopicsTest::topicsAreRefused_data()
{
    QTest::addColumn<QString>("topic");
    QTest::addColumn<int>("code");
    QTest::newRow("no such group") << L("grpAAAAAAAAAAA") << 404;
    QTest::newRow("odd name") << L("weird name") << 404;
    QTest::newRow("somebody's direct chat") << L("p2pAAAAAAAAAAAAAAAAAAAAAA") << 404;
    QTest::newRow("somebody's saved messages") << L("slfAAAAAAAAAAA") << 404;
    QTest::newRow("reports") << L("sys") << 403;
    QTest::newRow("new channel") << L("nch1") << 200;
    QTest::newRow("no such channel") << L("chnAAAAAAAAAAA") << 404;
    QTest::newRow("path") << L("grp../../x") << 404;
    QTest::newRow("sql") << L("grp' OR 1=1 --") << 404;
    QTest::newRow("me of another") << L("meAAAAAAAAAAA") << 404;
}

void HubTopicsTest::topicsAreRefused()
{
    QFETCH(QString, topic);
    const auto alice = m_hub->person(L("alice"));
    QTEST(alice->sub(topic).code, "code");
}

void HubTopicsTest::unattachedSeesDescOnly()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const wire::Meta meta = bob->meta(alice->id, L("desc"));
    QCOMPARE(meta.desc->pub.bytes(), QByteArray(R"({"fn":"alice"})"));
    QVERIFY(meta.desc->priv.isAbsent());
    const auto code = [&](const QString &topic, const QString &what) {
        return bob
            ->ask(packet(L(R"({"get":{"id":"g%2","topic":"%1","what":"%2"}})").arg(topic, what)))
            .code;
    };
    QCOMPARE(code(alice->id, L("data")), 403);
    QCOMPARE(code(alice->id, L("tags")), 403);
    QCOMPARE(code(L("grpAAAAAAAAAAA"), L("desc")), 404);
    const QString group
        = alice
              ->sub(L("new1"),
                  L(R"(,"set":{"desc":{"public":{"fn":"Secret"},"defacs":{"auth":"N"}}})"))
              .topic;
    QCOMPARE(code(group, L("desc")), 403);
    bob->forget();
    QCOMPARE(code(group, L("sub")), 403);
}

void HubTopicsTest::chatListCarriesDeletedOnesWithIms()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    bob->sub(alice->id);
    const QString before = L("2020-01-01T00:00:00.000Z");
    bob->del(alice->id, L(R"("what":"topic")"));
    const wire::Meta meta = bob->askMeta(packet(
        L(R"({"get":{"id":"g","topic":"me","what":"sub","sub":{"ims":"%1"}}})").arg(before)));
    QVERIFY(meta.sub);
    QVERIFY(meta.sub->first().deleted.isValid());
    QCOMPARE(meta.sub->first().topic, alice->id);
}

/// Every combination of the actor's rights, the target's and the wish: what nobody may gain stays
/// out.
void HubTopicsTest::accessMatrixDeniesByDefault()
{
    using wire::Access;
    using wire::AccessMode;
    using wire::Acs;
    const AccessMode samples[]
        = {AccessMode(), access::kGroupMember, access::kGroupMember | Access::Approve,
            access::kGroupOwner, AccessMode(Access::Join) | Access::Read, access::kDirect};
    int cells = 0;
    for (int bits = 0; bits < 256; ++bits) {
        const AccessMode actor(bits);
        for (const AccessMode target : samples) {
            for (const AccessMode wish : samples) {
                ++cells;
                const Acs current{target, target};
                const auto changed = access::otherChange(Topic::Kind::Group, actor, current, wish);
                if (changed) {
                    QVERIFY(!current.has(Access::Owner));
                    QVERIFY(actor.testFlag(Access::Owner) || actor.testFlag(Access::Approve));
                    QVERIFY(
                        actor.testFlag(Access::Owner) || !changed->given.testFlag(Access::Owner));
                    QCOMPARE(changed->want, current.want);
                }
                const auto guest = access::invite(actor, target, wish);
                if (guest) {
                    const bool manager
                        = actor.testFlag(Access::Owner) || actor.testFlag(Access::Approve);
                    QVERIFY(manager
                        || (actor.testFlag(Access::Share)
                            && (guest->given & ~target) == AccessMode()));
                    QVERIFY(actor.testFlag(Access::Owner) || !guest->given.testFlag(Access::Owner));
                    QVERIFY(!guest->has(Access::Owner));
                }
                const Acs own{target, actor};
                const auto wanted = access::ownChange(Topic::Kind::Group, own, wish);
                if (wanted) {
                    QCOMPARE(wanted->given, actor);
                    QVERIFY(!own.has(Access::Owner) || wanted->has(Access::Owner));
                }
                const auto joined = access::join(actor, target, wish);
                QVERIFY(!joined || (joined->has(Access::Join) && !joined->has(Access::Owner)));
                QVERIFY(!access::otherChange(Topic::Kind::Self, actor, current, wish));
                QVERIFY(!access::otherChange(Topic::Kind::System, actor, current, wish));
                const auto direct = access::ownChange(Topic::Kind::Direct, current, wish);
                QVERIFY(direct && (direct->want & ~access::kDirect) == AccessMode());
            }
        }
        QVERIFY(!access::mayEvict(actor, {access::kGroupOwner, access::kGroupOwner}));
    }
    QVERIFY(cells > 2000);
}

/// Nothing hangs: each packet gets an answer from each topic, for a member, a reader and a
/// stranger.
void HubTopicsTest::everyPacketIsAnsweredForEveryTopicAndRole()
{
    const auto owner = m_hub->person(L("owner"));
    const auto reader = m_hub->person(L("reader"));
    const auto stranger = m_hub->person(L("stranger"));
    const QString group = HubFixture::group(*owner);
    owner->set(group, L(R"("sub":{"user":"%1","mode":"JRP"})").arg(reader->id));
    reader->sub(group);
    const QStringList bodies{
        L(R"({"get":{"id":"%1","topic":"%2","what":"desc sub data del tags cred aux"}})"),
        L(R"({"set":{"id":"%1","topic":"%2","desc":{"public":{"fn":"x"},"private":{"a":1}}}})"),
        L(R"({"set":{"id":"%1","topic":"%2","sub":{"mode":"JRWPASDO"}}})"),
        L(R"({"set":{"id":"%1","topic":"%2","sub":{"user":"usrAAAAAAAAAAA","mode":"JRWPASDO"}}})"),
        L(R"({"set":{"id":"%1","topic":"%2","tags":["aa"]}})"),
        L(R"({"set":{"id":"%1","topic":"%2","cred":{"meth":"email","val":"x"}}})"),
        L(R"({"set":{"id":"%1","topic":"%2","aux":{"a":1}}})"),
        L(R"({"pub":{"id":"%1","topic":"%2","content":"x"}})"),
        L(R"({"pub":{"id":"%1","topic":"%2","head":{"webrtc":"started"},"content":"x"}})"),
        L(R"({"del":{"id":"%1","topic":"%2","what":"msg","delseq":[{"low":1}],"hard":true}})"),
        L(R"({"del":{"id":"%1","topic":"%2","what":"sub","user":"usrAAAAAAAAAAA"}})"),
        L(R"({"del":{"id":"%1","topic":"%2","what":"cred","cred":{"meth":"email","val":"x"}}})"),
    };
    const QStringList topics{L("me"), L("fnd"), L("slf"), L("sys"), group, owner->id,
        L("grpAAAAAAAAAAA"), L("usrAAAAAAAAAAA"), L("chnAAAAAAAAAAA"), L("new"), L("nch"),
        L("weird")};
    int id = 1000;
    for (Person *person : {stranger.get(), reader.get()}) {
        for (const QString &topic : topics) {
            for (const QString &body : bodies) {
                person->forget();
                m_hub->hub->receive(person, packet(body.arg(++id).arg(topic)));
                QTRY_VERIFY2(!person->received.empty(), qPrintable(body.arg(id).arg(topic)));
            }
        }
        QCOMPARE(owner->meta(group, L("desc")).desc->pub.bytes(), QByteArray(R"({"fn":"Group"})"));
    }
}

QTEST_GUILESS_MAIN(HubTopicsTest)
#include "tst_hubtopics.moc"
