#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QTextLayout>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <vector>

// What Qt itself takes to show a page of text: a window of Confab's size with the lines of a file, from the
// bottom up, in Confab's font, and nothing else. floor_page FILE; says when it has painted.

namespace {

constexpr int kWidth = 560;
constexpr int kBetween = 12;

class Page : public QWidget
{
public:
    explicit Page(const QStringList &texts)
    {
        QFont font;
        font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Color Emoji")});
        font.setPixelSize(13);
        resize(1280, 800);
        int bottom = height();
        for (qsizetype i = texts.size() - 1; i >= 0 && bottom > 0; --i) {
            auto layout = std::make_unique<QTextLayout>(texts.at(i), font);
            layout->beginLayout();
            qreal y = 0;
            for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
                line.setLineWidth(kWidth);
                line.setPosition({0, y});
                y += line.height();
            }
            layout->endLayout();
            bottom -= qRound(y) + kBetween;
            layout->setPosition(QPointF(320, bottom));
            m_layouts.push_back(std::move(layout));
        }
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), Qt::white);
        for (const auto &layout : m_layouts)
            layout->draw(&painter, {});
        QTimer::singleShot(0, this, [] { std::fputs("the page is on the screen\n", stderr); });
    }

private:
    std::vector<std::unique_ptr<QTextLayout>> m_layouts;
};

}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QFile file(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    if (!file.open(QIODevice::ReadOnly)) {
        std::fputs("floor_page FILE\n", stderr);
        return 2;
    }
    Page page(QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts));
    page.show();
    return application.exec();
}
