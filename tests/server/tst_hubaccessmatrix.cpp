#include "hubfixture.h"

#include <QFile>
#include <QTest>

using namespace confab;
using namespace confab::server;

// Every packet, sent by every role to every kind of topic, attached and not: the code of the answer
// must be the one of tests/data/access/matrix.txt. Each cell starts from a fresh topic, so that no
// cell depends on another (reliability.md T32).
class HubAccessMatrixTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void answersAreThoseOfTheTable_data();
    void answersAreThoseOfTheTable();

private:
    struct Stage {
        std::unique_ptr<Person> actor;
        QString topic; ///< as the actor names it
    };

    Stage prepare(const QString &kind, const QString &role);
    Stage prepareGroup(const QString &role);
    Stage prepareChannel(const QString &role);
    Stage prepareDirect(const QString &role);
    QString cell(const QString &kind, const QString &role, bool attached, const QString &json);
    std::unique_ptr<Person> newActor();

    std::unique_ptr<HubFixture> m_hub;
    std::unique_ptr<Person> m_owner;
    std::unique_ptr<Person> m_other;
    int m_actors = 0;
};

namespace {

QString L(const char *text)
{
    return QString::fromUtf8(text);
}

struct Asked {
    const char *name;
    const char *json; ///< %1 the topic, %2 another member
};

const Asked kRequests[] = {
    {"sub", R"({"sub":{"id":"x","topic":"%1"}})"},
    {"leave", R"({"leave":{"id":"x","topic":"%1"}})"},
    {"unsub", R"({"leave":{"id":"x","topic":"%1","unsub":true}})"},
    {"pub", R"({"pub":{"id":"x","topic":"%1","content":"c"}})"},
    {"edit", R"({"pub":{"id":"x","topic":"%1","content":"c","head":{"replace":":1"}}})"},
    {"call", R"({"pub":{"id":"x","topic":"%1","content":"c","head":{"webrtc":"started"}}})"},
    {"g.desc", R"({"get":{"id":"x","topic":"%1","what":"desc"}})"},
    {"g.sub", R"({"get":{"id":"x","topic":"%1","what":"sub"}})"},
    {"g.data", R"({"get":{"id":"x","topic":"%1","what":"data"}})"},
    {"g.del", R"({"get":{"id":"x","topic":"%1","what":"del"}})"},
    {"g.tags", R"({"get":{"id":"x","topic":"%1","what":"tags"}})"},
    {"g.aux", R"({"get":{"id":"x","topic":"%1","what":"aux"}})"},
    {"g.cred", R"({"get":{"id":"x","topic":"%1","what":"cred"}})"},
    {"s.pub", R"({"set":{"id":"x","topic":"%1","desc":{"public":{"fn":"X"}}}})"},
    {"s.trust", R"({"set":{"id":"x","topic":"%1","desc":{"trusted":{"staff":true}}}})"},
    {"s.priv", R"({"set":{"id":"x","topic":"%1","desc":{"private":{"comment":"X"}}}})"},
    {"s.defacs", R"({"set":{"id":"x","topic":"%1","desc":{"defacs":{"auth":"JR"}}}})"},
    {"s.want", R"({"set":{"id":"x","topic":"%1","sub":{"mode":"JR"}}})"},
    {"s.owner", R"({"set":{"id":"x","topic":"%1","sub":{"mode":"JRWPASDO"}}})"},
    {"s.given", R"({"set":{"id":"x","topic":"%1","sub":{"user":"%2","mode":"JR"}}})"},
    {"s.giveO", R"({"set":{"id":"x","topic":"%1","sub":{"user":"%2","mode":"JRWPASDO"}}})"},
    {"s.tags", R"({"set":{"id":"x","topic":"%1","tags":["sometag"]}})"},
    {"s.aux", R"({"set":{"id":"x","topic":"%1","aux":{"pins":[1]}}})"},
    {"s.cred", R"({"set":{"id":"x","topic":"%1","cred":{"meth":"email","val":"a@b.example"}}})"},
    {"d.soft", R"({"del":{"id":"x","topic":"%1","what":"msg","delseq":[{"low":1}]}})"},
    {"d.hard", R"({"del":{"id":"x","topic":"%1","what":"msg","delseq":[{"low":1}],"hard":true}})"},
    {"d.sub", R"({"del":{"id":"x","topic":"%1","what":"sub","user":"%2"}})"},
    {"d.topic", R"({"del":{"id":"x","topic":"%1","what":"topic","hard":true}})"},
    {"d.cred", R"({"del":{"id":"x","topic":"%1","what":"cred","cred":{"meth":"email"}}})"},
    {"d.user", R"({"del":{"id":"x","topic":"%1","what":"user","user":"%2"}})"},
};

/// The table: a line "kind | role | attached" and its codes in the order of kRequests.
QMap<QString, QString> table()
{
    QMap<QString, QString> rows;
    QFile file(QStringLiteral(CONFAB_TEST_DATA "/access/matrix.txt"));
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    QString head;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(u'#') || line.trimmed().isEmpty())
            continue;
        if (line.startsWith(u' '))
            rows[head] += u' ' + line.simplified();
        else
            head = line.simplified();
    }
    return rows;
}

}

void HubAccessMatrixTest::initTestCase()
{
    m_hub = std::make_unique<HubFixture>();
}

void HubAccessMatrixTest::cleanupTestCase()
{
    m_other.reset();
    m_owner.reset();
    m_hub.reset();
}

std::unique_ptr<Person> HubAccessMatrixTest::newActor()
{
    return m_hub->person(L("actor%1").arg(++m_actors));
}

HubAccessMatrixTest::Stage HubAccessMatrixTest::prepareGroup(const QString &role)
{
    Stage stage{newActor(), {}};
    Person &owner = role == L("owner") ? *stage.actor : *m_owner;
    stage.topic = HubFixture::group(owner);
    owner.pub(stage.topic, L("first"));
    owner.set(stage.topic, L(R"("sub":{"user":"%1","mode":"JRWPS"})").arg(m_other->id));
    static const QMap<QString, QString> kGiven{{L("member"), L("JRWPS")}, {L("viewer"), L("JRP")},
        {L("writer"), L("JWP")}, {L("approver"), L("JRWPAS")}, {L("deleter"), L("JRWPD")},
        {L("banned"), L("N")}, {L("left"), L("JRWPS")}};
    if (kGiven.contains(role)) {
        owner.set(stage.topic, L(R"("sub":{"user":"%1","mode":"JRWPASD"})").arg(stage.actor->id));
        owner.set(stage.topic,
            L(R"("sub":{"user":"%1","mode":"%2"})").arg(stage.actor->id, kGiven.value(role)));
    }
    if (role == L("left"))
        stage.actor->del(stage.topic, L(R"("what":"topic")"));
    if (role == L("owner"))
        stage.actor->ask(packet(L(R"({"leave":{"id":"l","topic":"%1"}})").arg(stage.topic)));
    return stage;
}

HubAccessMatrixTest::Stage HubAccessMatrixTest::prepareChannel(const QString &role)
{
    Stage stage{newActor(), {}};
    const QString group
        = m_owner->sub(L("nch1"), L(R"(,"set":{"desc":{"public":{"fn":"C"}}})")).topic;
    m_owner->pub(group, L("first"));
    m_owner->set(group, L(R"("sub":{"user":"%1","mode":"JRWPS"})").arg(m_other->id));
    stage.topic = L("chn") + group.mid(3);
    if (role == L("reader")) {
        stage.actor->sub(stage.topic);
        stage.actor->ask(packet(L(R"({"leave":{"id":"l","topic":"%1"}})").arg(stage.topic)));
    }
    if (role == L("member"))
        m_owner->set(group, L(R"("sub":{"user":"%1","mode":"JRWPS"})").arg(stage.actor->id));
    return stage;
}

HubAccessMatrixTest::Stage HubAccessMatrixTest::prepareDirect(const QString &role)
{
    Stage stage{newActor(), {}};
    const auto partner = newActor();
    stage.topic = partner->id;
    if (role == L("stranger"))
        return stage;
    stage.actor->sub(stage.topic);
    stage.actor->pub(stage.topic, L("first"));
    stage.actor->ask(packet(L(R"({"leave":{"id":"l","topic":"%1"}})").arg(stage.topic)));
    partner->sub(stage.actor->id);
    if (role == L("silenced"))
        partner->set(
            stage.actor->id, L(R"("sub":{"user":"%1","mode":"JRP"})").arg(stage.actor->id));
    if (role == L("blocked"))
        partner->set(stage.actor->id, L(R"("sub":{"user":"%1","mode":"N"})").arg(stage.actor->id));
    if (role == L("left"))
        stage.actor->del(stage.topic, L(R"("what":"topic")"));
    return stage;
}

HubAccessMatrixTest::Stage HubAccessMatrixTest::prepare(const QString &kind, const QString &role)
{
    if (kind == L("group"))
        return prepareGroup(role);
    if (kind == L("channel"))
        return prepareChannel(role);
    if (kind == L("direct"))
        return prepareDirect(role);
    Stage stage{newActor(), kind};
    if (kind == L("slf")) {
        stage.actor->sub(kind);
        stage.actor->pub(kind, L("first"));
        stage.actor->ask(packet(L(R"({"leave":{"id":"l","topic":"slf"}})")));
    }
    if (kind == L("me"))
        stage.actor->ask(packet(L(R"({"leave":{"id":"l","topic":"me"}})")));
    if (kind == L("self by id"))
        stage.topic = stage.actor->id;
    if (kind == L("nonesuch"))
        stage.topic = L("grpAAAAAAAAAAA");
    return stage;
}

QString HubAccessMatrixTest::cell(
    const QString &kind, const QString &role, bool attached, const QString &json)
{
    const Stage stage = prepare(kind, role);
    if (attached && stage.actor->sub(stage.topic).code != 200)
        return L("-");
    stage.actor->forget();
    m_hub->hub->receive(stage.actor.get(),
        packet(QString(json).replace(L("%1"), stage.topic).replace(L("%2"), m_other->id)));
    const auto answer = [&]() -> QString {
        for (const wire::ServerMessage &message : stage.actor->received) {
            const auto *ctrl = std::get_if<wire::Ctrl>(&message);
            const auto *meta = std::get_if<wire::Meta>(&message);
            if (ctrl && ctrl->id == L("x"))
                return QString::number(ctrl->code);
            if (meta && meta->id == L("x"))
                return L("meta");
        }
        return {};
    };
    const bool answered = waitUntil([&] { return !answer().isEmpty(); });
    return answered ? answer() : L("none");
}

void HubAccessMatrixTest::answersAreThoseOfTheTable_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("attached");
    QTest::addColumn<QString>("codes");
    const QMap<QString, QString> rows = table();
    QVERIFY(!rows.isEmpty());
    for (auto it = rows.cbegin(); it != rows.cend(); ++it) {
        const QStringList parts = it.key().split(L(" | "));
        QCOMPARE(parts.size(), 3);
        QTest::newRow(qPrintable(it.key()))
            << parts.at(0) << parts.at(1) << (parts.at(2) == L("attached")) << it.value().trimmed();
    }
}

void HubAccessMatrixTest::answersAreThoseOfTheTable()
{
    QFETCH(QString, kind);
    QFETCH(QString, role);
    QFETCH(bool, attached);
    QFETCH(QString, codes);
    m_owner = newActor();
    m_other = newActor();
    QStringList actual;
    for (const Asked &asked : kRequests)
        actual.append(L(asked.name) + u'=' + cell(kind, role, attached, L(asked.json)));
    if (actual != codes.split(u' '))
        qWarning().noquote() << "answers:" << actual.join(u' ');
    QCOMPARE(actual, codes.split(u' '));
}

QTEST_GUILESS_MAIN(HubAccessMatrixTest)
#include "tst_hubaccessmatrix.moc"
