#include "figures.h"
#include "models/topiclistmodel.h"
#include "widgets/confabstyle.h"
#include "widgets/listpane.h"

#include <QApplication>
#include <QLineEdit>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <cstdio>
#include <vector>

// 5,000 chats in the list pane: what a key in the filter costs until its rows are painted, beside Qt's own
// filter over the same titles (which neither sorts by use nor paints), and what a message costs that moves its
// chat to the top. Processor time of the GUI thread; written with QT_QPA_PLATFORM=offscreen.

using namespace confab;

namespace {

constexpr int kChats = 5000;
constexpr int kRounds = 40;

TopicInfo chat(int i)
{
    static const QStringList words{QStringLiteral("Orchard"), QStringLiteral("Kiosk"),
        QStringLiteral("Ferry"), QStringLiteral("Отпуск"), QStringLiteral("Straße"),
        QStringLiteral("صباح"), QStringLiteral("Lantern")};
    TopicInfo info;
    info.name = QStringLiteral("grp%1").arg(i);
    info.card.name = QStringLiteral("%1 %2 %3").arg(
        words.at(i % words.size()), words.at((i / 7) % words.size()), QString::number(i));
    info.touched = QDateTime(QDate(2024, 1, 1), QTime(0, 0), Qt::UTC).addSecs(qint64(i) * 4000);
    return info;
}

void print(const char *what, const std::vector<double> &times)
{
    std::printf("%-44s %8.2f %8.2f %8.2f\n", what, quantile(times, 0.5), quantile(times, 0.95),
        *std::max_element(times.begin(), times.end()));
}

template <typename Type>
std::vector<double> typeAndErase(const Type &type)
{
    const QString word = QStringLiteral("orchard 12");
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round) {
        for (qsizetype length = 1; length <= 2 * word.size(); ++length) {
            const qsizetype left = length <= word.size() ? length : 2 * word.size() - length;
            const Stopwatch watch;
            type(word.left(left));
            times.push_back(watch.milliseconds());
        }
    }
    return times;
}

}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    Theme theme;
    applyTheme(application, theme);
    TopicList topics;
    for (int i = 0; i < kChats; ++i)
        topics.add(chat(i));
    TopicListModel model(topics);
    ListPane pane(theme);
    pane.setModel(&model);
    pane.setTopicsKnown(true);
    pane.resize(320, 800);
    pane.show();
    QCoreApplication::processEvents();
    auto *filter = pane.findChild<QLineEdit *>(QStringLiteral("filter"));

    QSortFilterProxyModel proxy;
    proxy.setFilterRole(TopicListModel::TitleRole);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.setSourceModel(&model);

    std::printf("%-44s %8s %8s %8s\n", "5,000 chats, ms", "p50", "p95", "most");
    print("filter key until painted", typeAndErase([&](const QString &text) {
        filter->setText(text);
        QCoreApplication::processEvents();
        pane.grab();
    }));
    print("the same key in Qt's own filter, not painted",
        typeAndErase([&](const QString &text) { proxy.setFilterFixedString(text); }));

    filter->clear();
    QCoreApplication::processEvents();
    std::vector<double> moves;
    for (int i = 0; i < kRounds; ++i) {
        TopicInfo info = chat(i * 97 % kChats);
        info.touched = info.touched.addYears(3 + i);
        const Stopwatch watch;
        topics.find(info.name)->setInfo(info);
        QCoreApplication::processEvents();
        pane.grab();
        moves.push_back(watch.milliseconds());
    }
    print("a chat that moves to the top, until painted", moves);
    return 0;
}
