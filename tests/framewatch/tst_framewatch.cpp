#include "framewatch/framewatch.h"

#include <QBuffer>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace confab;

namespace {

/// As the server does it: the head, then the text.
void writeFrame(QIODevice &device, const QByteArray &text)
{
    const char head[] = {'\x81', char(text.size())};
    device.write(head, sizeof head);
    device.write(text.constData(), text.size());
}

/// The exit code of a process that writes this.
int endOfWriter(const QByteArray &text)
{
    const pid_t child = fork();
    if (child == 0) {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        writeFrame(buffer, text);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}

class FrameWatchTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void rightPacketsAreCounted();
    void whatIsNoPacketPasses();
    void aWrongPacketEndsTheProcess();
};

void FrameWatchTest::initTestCase()
{
    if (framesWatched() < 0)
        QSKIP("Nobody watches here: start this test by ctest");
}

void FrameWatchTest::rightPacketsAreCounted()
{
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::ReadWrite));
    writeFrame(buffer, R"({"pres":{"topic":"me","src":"usrAAAAAAAAAAA","what":"on"}})");
    QCOMPARE(framesWatched(), 1);
    QVERIFY(buffer.data().endsWith("}}"));
}

void FrameWatchTest::whatIsNoPacketPasses()
{
    const int before = framesWatched();
    QCOMPARE(endOfWriter("0"), 0);
    QCOMPARE(endOfWriter(R"({"text":"from /echo"})"), 0);
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::ReadWrite));
    buffer.write(R"({"ctrl":"in a file"})", 20);
    QCOMPARE(framesWatched(), before);
}

void FrameWatchTest::aWrongPacketEndsTheProcess()
{
    QCOMPARE(endOfWriter(R"({"pres":{"topic":"me","what":"on","colour":1}})"), 70);
}

QTEST_GUILESS_MAIN(FrameWatchTest)
#include "tst_framewatch.moc"
