#include "wire/topiclink.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class TopicLinkTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsRead()
    {
        for (const TopicLink &link :
            {TopicLink{u"grpHJTIZJrJBZI"_s, 12}, TopicLink{u"usrZTt8t09Ha7E"_s, 1}, TopicLink{u"slf"_s, 0}})
            QVERIFY(readTopicLink(linkText(link)) == link);
        QCOMPARE(linkText({u"grpHJTIZJrJBZI"_s, 12}), u"tinode:topic/grpHJTIZJrJBZI?seq=12"_s);
    }

    void anythingElseIsNone_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text :
            {u""_s, u"tinode:"_s, u"tinode:topic/"_s, u"tinode:topic/me"_s, u"tinode:topic/fnd"_s,
                u"tinode:topic/../x"_s, u"tinode:id/usrZTt8t09Ha7E"_s, u"https://topic/grpHJTIZJrJBZI"_s,
                u"file:topic/grpHJTIZJrJBZI"_s, u"tinode:topic/grp"_s + QString(1'000'000, u'A')})
            QTest::newRow(qPrintable(text.left(40))) << text;
    }
    void anythingElseIsNone()
    {
        QFETCH(QString, text);
        QVERIFY(!readTopicLink(text));
    }

    void oddNumbersMeanTheChat()
    {
        for (const QString &number : {u"-1"_s, u"0"_s, u"x"_s, u"99999999999999"_s})
            QCOMPARE(readTopicLink(u"tinode:topic/grpHJTIZJrJBZI?seq="_s + number)->seq, 0);
    }
};

QTEST_GUILESS_MAIN(TopicLinkTest)
#include "tst_topiclink.moc"
