#include "stallgate.h"
#include "widgets/avatar.h"

#include <QBuffer>
#include <QTest>

using namespace confab;

class TestAvatar : public QObject
{
    Q_OBJECT

private slots:
    void initialsComeFromFirstAndLastWord_data();
    void initialsComeFromFirstAndLastWord();
    void pictureReplacesInitials();
    void brokenPictureFallsBackToTheHue();
    void smallAvatarsHaveNoPresenceDot();
};

namespace {

QImage painted(const AvatarSource &source, const Theme &theme)
{
    QImage image(44, 44, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintAvatar(painter, QRectF(0, 0, 44, 44), source, theme);
    return image;
}

}

void TestAvatar::initialsComeFromFirstAndLastWord_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("initials");
    QTest::addRow("two words") << QStringLiteral("Alex Brandt") << QStringLiteral("AB");
    QTest::addRow("three words") << QStringLiteral("maria del mar") << QStringLiteral("MM");
    QTest::addRow("one word") << QStringLiteral("Echo") << QStringLiteral("EC");
    QTest::addRow("a number") << QStringLiteral("Orchard 2.0") << QStringLiteral("O2");
    QTest::addRow("joined letters") << QStringLiteral("سلمى حداد") << QStringLiteral("س");
    QTest::addRow("brackets") << QStringLiteral("(kiosk) team") << QStringLiteral("KT");
    QTest::addRow("one letter") << QStringLiteral("x") << QStringLiteral("X");
    QTest::addRow("nothing") << QString() << QString();
}

void TestAvatar::initialsComeFromFirstAndLastWord()
{
    QFETCH(QString, title);
    QTEST(initialsOf(title), "initials");
}

void TestAvatar::pictureReplacesInitials()
{
    const Theme theme;
    QImage red(8, 8, QImage::Format_RGB32);
    red.fill(Qt::red);
    QBuffer file;
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(red.save(&file, "PNG"));
    const QImage image = painted({QStringLiteral("usrA"), QStringLiteral("A B"), file.data()}, theme);
    QCOMPARE(image.pixelColor(22, 22), QColor(Qt::red));
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
}

void TestAvatar::brokenPictureFallsBackToTheHue()
{
    const Theme theme;
    const QImage image = painted({QStringLiteral("usrA"), {}, QByteArrayLiteral("no picture")}, theme);
    QCOMPARE(image.pixelColor(22, 22), theme.colors().hueFill[size_t(Theme::hueOf(QStringLiteral("usrA")))]);
}

void TestAvatar::smallAvatarsHaveNoPresenceDot()
{
    const Theme theme;
    const auto dotAt = [&theme](int size) {
        QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintPresence(painter, QRectF(0, 0, size, size), theme, Qt::black);
        painter.end();
        return image.pixelColor(size - 4, size - 4);
    };
    QCOMPARE(dotAt(44), theme.colors().online);
    QCOMPARE(dotAt(32), theme.colors().online);
    QCOMPARE(dotAt(28).alpha(), 0);
}

CONFAB_GATED_MAIN(TestAvatar)
#include "tst_avatar.moc"
