#include "wire/parts.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class IdsTest : public QObject
{
    Q_OBJECT

private slots:
    void topicsAreToldApartByName_data();
    void topicsAreToldApartByName();
    void userIdsHaveElevenCharacters();
    void matchedTagsAreTheStringsOfAList();
    void aQueryWithNothingInItIsEmpty();
};

void IdsTest::topicsAreToldApartByName_data()
{
    QTest::addColumn<TopicKind>("kind");
    QTest::newRow("me") << TopicKind::Me;
    QTest::newRow("fnd") << TopicKind::Find;
    QTest::newRow("slf") << TopicKind::Self;
    QTest::newRow("sys") << TopicKind::System;
    QTest::newRow("usrkXKNMoCpO8M") << TopicKind::Direct;
    QTest::newRow("grpprsEcXbuPUww") << TopicKind::Group;
    QTest::newRow("chnWrzPEzoql4w") << TopicKind::Channel;
    QTest::newRow("new") << TopicKind::NewGroup;
    QTest::newRow("new17") << TopicKind::NewGroup;
    QTest::newRow("nch17") << TopicKind::NewChannel;
    QTest::newRow("") << TopicKind::Unknown;
    QTest::newRow("grp") << TopicKind::Unknown;
    QTest::newRow("p2pAAAA") << TopicKind::Unknown;
    QTest::newRow("grp../x") << TopicKind::Unknown;
    QTest::newRow("Me") << TopicKind::Unknown;
}

void IdsTest::topicsAreToldApartByName()
{
    QFETCH(TopicKind, kind);
    QCOMPARE(topicKind(QString::fromLatin1(QTest::currentDataTag())), kind);
}

void IdsTest::userIdsHaveElevenCharacters()
{
    QVERIFY(isUserId(u"usrkXKNMoCpO8M"));
    QVERIFY(!isUserId(u"usrkXKNMoCpO8"));
    QVERIFY(!isUserId(u"grpprsEcXbuPUw"));
    QVERIFY(!isUserId(u"usrkXKNMoCpO8="));
}

void IdsTest::matchedTagsAreTheStringsOfAList()
{
    Subscription hit;
    hit.priv = Subscription::fromMatchedTags({u"one"_s, u"two"_s});
    QCOMPARE(hit.matchedTags(), (QStringList{u"one"_s, u"two"_s}));
    hit.priv = JsonBlob::fromBytes(R"(["one",2,null])");
    QCOMPARE(hit.matchedTags(), QStringList{u"one"_s});
    hit.priv = JsonBlob::fromBytes(R"({"comment":"c"})");
    QCOMPARE(hit.matchedTags(), QStringList());
    QVERIFY(Subscription::fromMatchedTags({}).isAbsent());
}

void IdsTest::aQueryWithNothingInItIsEmpty()
{
    SetQuery query;
    QVERIFY(query.isEmpty());
    query.tags.emplace();
    QVERIFY(!query.isEmpty());
}

QTEST_GUILESS_MAIN(IdsTest)
#include "tst_ids.moc"
