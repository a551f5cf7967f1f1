#include "widgets/media/zoomedpicture.h"

#include <QTest>

using namespace confab;

class TestZoomedPicture : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aLargePictureIsFitted();
    void aSmallPictureKeepsItsSize();
    void whatIsZoomedAtStaysInPlace();
    void zoomingOutCentresItAgain();
    void noEdgeIsDraggedIntoTheRoom();
    void turningFitsItAgain();

private:
    static constexpr QRectF kRoom{100, 50, 400, 300};
    ZoomedPicture m_picture;
};

void TestZoomedPicture::init()
{
    m_picture = {};
    m_picture.setRoom(kRoom);
    m_picture.setOwnSize({1600, 800});
}

void TestZoomedPicture::aLargePictureIsFitted()
{
    QCOMPARE(m_picture.rect(), QRectF(100, 100, 400, 200));
    QCOMPARE(m_picture.target(), QRectF(-200, -100, 400, 200));
}

void TestZoomedPicture::aSmallPictureKeepsItsSize()
{
    m_picture.setOwnSize({40, 20});
    QCOMPARE(m_picture.rect(), QRectF(280, 190, 40, 20));
}

void TestZoomedPicture::whatIsZoomedAtStaysInPlace()
{
    const QPointF at(200, 200); // a quarter of the width from the left
    m_picture.setZoom(4, at);
    const QRectF rect = m_picture.rect();
    QCOMPARE(rect.size(), QSizeF(1600, 800));
    QCOMPARE(rect.left() + rect.width() / 4, at.x());
    m_picture.setZoom(100, at);
    QCOMPARE(m_picture.zoom(), ZoomedPicture::kMostZoom);
}

void TestZoomedPicture::zoomingOutCentresItAgain()
{
    m_picture.setZoom(4, kRoom.topLeft());
    QVERIFY(!m_picture.offset().isNull());
    m_picture.setZoom(0.1, kRoom.topLeft());
    QCOMPARE(m_picture.zoom(), 1.0);
    QCOMPARE(m_picture.rect().center(), kRoom.center());
}

void TestZoomedPicture::noEdgeIsDraggedIntoTheRoom()
{
    m_picture.moveTo({50, 50});
    QCOMPARE(m_picture.offset(), QPointF()); // all of it is seen
    m_picture.setZoom(2, kRoom.center());
    m_picture.moveTo({10'000, -10'000});
    QCOMPARE(m_picture.rect().left(), kRoom.left());
    QCOMPARE(m_picture.rect().bottom(), kRoom.bottom());
    m_picture.setRoom({100, 50, 200, 100});
    QCOMPARE(m_picture.rect().left(), 100.0);
    QCOMPARE(m_picture.rect().bottom(), 150.0);
}

void TestZoomedPicture::turningFitsItAgain()
{
    m_picture.setZoom(4, kRoom.topLeft());
    m_picture.rotate();
    QCOMPARE(m_picture.rotation(), 90);
    QCOMPARE(m_picture.zoom(), 1.0);
    QCOMPARE(m_picture.rect(), QRectF(225, 50, 150, 300));
    QCOMPARE(m_picture.target(), QRectF(-150, -75, 300, 150)); // as if it were not turned
    for (int i = 0; i < 3; ++i)
        m_picture.rotate();
    QCOMPARE(m_picture.rect(), QRectF(100, 100, 400, 200));
}

QTEST_GUILESS_MAIN(TestZoomedPicture)
#include "tst_zoomedpicture.moc"
