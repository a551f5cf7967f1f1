// A chat of 200 pictures, beside one of 200 texts whose rows are as high: paint of a page, and how many bytes of
// decoded pixels lie in memory after scrolling through all of it. Prints figures; asserts none.
#include "figures.h"
#include "models/messagelistmodel.h"
#include "store/topiclist.h"
#include "widgets/conversation/messageview.h"
#include "widgets/media/medialibrary.h"
#include "wire/drafty/drafty.h"

#include <QApplication>
#include <QPainter>
#include <QScrollBar>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace confab;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRows = 200;
constexpr QSize kPage(980, 700);

class Chat
{
public:
    explicit Chat(bool pictures, const QString &folder)
    {
        TopicInfo info;
        info.name = QStringLiteral("grpBench");
        info.seq = info.recv = info.read = kRows;
        topic = topics.add(info);
        topic->setAtStart(true);
        QList<Message> messages;
        for (Seq seq = 1; seq <= kRows; ++seq)
            messages << (pictures ? picture(seq, folder) : text(seq));
        topic->timeline().insert(messages);
        model.setTopic(topic);
        view.setMedia(&library);
        view.resize(kPage);
        view.setModel(&model);
        view.show();
    }

    /// Scrolls from the end to the start, a page at a time; waits for pictures when told to.
    QList<double> scroll(bool waits)
    {
        QList<double> times;
        QImage page(kPage, QImage::Format_RGB32);
        view.scrollToEnd();
        for (int i = 0; i < kRows; ++i) {
            view.scrollBy(-kPage.height() / 2);
            view.placedRows(); // laid out before the clock runs
            const Clock::time_point began = Clock::now();
            QPainter painter(&page);
            view.viewport()->render(&painter);
            times << secondsSince(began) * 1000;
            if (waits)
                settle();
            most = std::max(most, library.pictures().bytes());
        }
        return times;
    }

    qsizetype most = 0;

private:
    void settle()
    {
        for (int idle = 0; idle < 5;) {
            const int decoded = library.pictures().decoded();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
            QThread::msleep(2);
            view.viewport()->grab();
            idle = decoded == library.pictures().decoded() ? idle + 1 : 0;
        }
    }

    Message base(Seq seq)
    {
        Message message;
        message.seq = seq;
        message.from = QStringLiteral("usrAnn");
        message.ts = QDateTime::fromSecsSinceEpoch(1'700'000'000 + seq * 600, Qt::UTC);
        return message;
    }

    Message text(Seq seq)
    {
        Message message = base(seq);
        message.text = QStringLiteral("twelve lines of words\n").repeated(12).trimmed();
        return message;
    }

    Message picture(Seq seq, const QString &folder)
    {
        QImage image(640, 480, QImage::Format_RGB32);
        for (int y = 0; y < image.height(); ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            for (int x = 0; x < image.width(); ++x)
                line[x] = qRgb(x * seq, y * 3, (x ^ y) & 255);
        }
        const QString path = folder + QStringLiteral("/%1.jpg").arg(seq);
        image.save(path, "jpeg", 80);
        wire::Image entity;
        entity.source.ref = QStringLiteral("/v0/file/s/%1.jpg").arg(seq);
        entity.pixels = {640, 480};
        Message message = base(seq);
        message.text = QStringLiteral("Picture");
        message.content = wire::Drafty::fromEntity({}, entity).toContent();
        library.files().noteFetched(entity.source.ref, path);
        return message;
    }

    TopicList topics;
    Topic *topic;
    MessageListModel model{topics};
    Theme theme;
    MediaLibrary library;
    MessageView view{theme};
};

double median(QList<double> times)
{
    std::sort(times.begin(), times.end());
    return times.at(times.size() / 2);
}

double worst(const QList<double> &times)
{
    return *std::max_element(times.begin(), times.end());
}

}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QTemporaryDir folder;
    Chat texts(false, folder.path());
    Chat pictures(true, folder.path());
    texts.scroll(false);
    const QList<double> plain = texts.scroll(false);
    const QList<double> first = pictures.scroll(false); // boxes: nothing is decoded yet
    pictures.scroll(true);
    const QList<double> again = pictures.scroll(true);
    std::printf("paint of a page, ms, median (worst)\n");
    std::printf("  200 texts of that height        %6.3f (%.3f)\n", median(plain), worst(plain));
    std::printf("  200 pictures, first time        %6.3f (%.3f)\n", median(first), worst(first));
    std::printf("  200 pictures, decoded           %6.3f (%.3f)\n", median(again), worst(again));
    std::printf("  pictures beside texts           %6.2f times\n", median(again) / median(plain));
    std::printf("decoded pixels at most            %6.1f MiB\n", double(pictures.most) / 1048576);
    return 0;
}
