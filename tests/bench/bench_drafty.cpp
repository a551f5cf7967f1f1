// Reading messages of 128 KiB that are made to be costly, beside parsing their JSON: at most five
// times as long (performance.md). One line for each kind.
#include "figures.h"
#include "wire/drafty/drafty.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <ctime>

using namespace confab;
using namespace confab::wire;

namespace {

constexpr int kSize = 128 * 1024; // bytes of JSON
constexpr int kRounds = 31;

QString filled(const QString &piece, int bytes)
{
    return piece.repeated(bytes / int(piece.toUtf8().size()));
}

QByteArray withFormats(const QString &text, const QJsonObject &format, bool steps)
{
    QJsonArray formats;
    const int count = (kSize - int(text.toUtf8().size())) / 32;
    for (int i = 0; i < count; ++i) {
        QJsonObject one = format;
        if (steps)
            one.insert(QStringLiteral("at"), i % int(text.size()));
        formats.append(one);
    }
    return QJsonDocument(
        QJsonObject{{QStringLiteral("txt"), text}, {QStringLiteral("fmt"), formats}})
        .toJson(QJsonDocument::Compact);
}

QByteArray withText(const QString &text)
{
    const QJsonObject bold{{QStringLiteral("at"), 0}, {QStringLiteral("len"), 1},
        {QStringLiteral("tp"), QStringLiteral("ST")}};
    return QJsonDocument(
        QJsonObject{{QStringLiteral("txt"), text}, {QStringLiteral("fmt"), QJsonArray{bold}}})
        .toJson(QJsonDocument::Compact);
}

QByteArray withEntities()
{
    QJsonArray entities;
    QJsonArray formats;
    for (int i = 0; i < kSize / 100; ++i) {
        entities.append(QJsonObject{{QStringLiteral("tp"), QStringLiteral("LN")},
            {QStringLiteral("data"),
                QJsonObject{{QStringLiteral("url"), QStringLiteral("https://example.org/")}}}});
        formats.append(QJsonObject{
            {QStringLiteral("at"), i}, {QStringLiteral("len"), 1}, {QStringLiteral("key"), i}});
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("txt"), QString(2000, u'x')},
                             {QStringLiteral("fmt"), formats}, {QStringLiteral("ent"), entities}})
        .toJson(QJsonDocument::Compact);
}

/// Of this thread: a busy machine changes nothing.
double processorMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void measure(const char *name, const QByteArray &json)
{
    std::vector<double> parsing;
    std::vector<double> reading;
    for (int i = 0; i < kRounds; ++i) {
        double began = processorMs();
        const JsonBlob content = JsonBlob::fromBytes(json);
        parsing.push_back(processorMs() - began);
        began = processorMs();
        const Drafty drafty = Drafty::fromContent(content);
        reading.push_back(processorMs() - began);
        if (drafty.text().size() > Drafty::kMaxText)
            std::puts("longer than allowed");
    }
    const double parse = quantile(parsing, 0.5);
    const double read = quantile(reading, 0.5);
    std::printf("%-24s %7d bytes  JSON %7.3f ms  Drafty %7.3f ms  %5.1f times\n", name,
        int(json.size()), parse, read, read / parse);
}

}

int main()
{
    const QJsonObject breakHere{{QStringLiteral("at"), 0}, {QStringLiteral("len"), 1},
        {QStringLiteral("tp"), QStringLiteral("BR")}};
    const QJsonObject boldAll{{QStringLiteral("at"), 0}, {QStringLiteral("len"), 9999},
        {QStringLiteral("tp"), QStringLiteral("ST")}};
    measure("plain letters", withText(filled(QStringLiteral("letters "), kSize)));
    measure("emoji", withText(filled(QStringLiteral("\U0001F600"), kSize)));
    measure("letters and emoji", withText(filled(QStringLiteral("ab \U0001F600 "), kSize)));
    measure("flags", withText(filled(QStringLiteral("\U0001F1E9\U0001F1EA"), kSize)));
    measure("families",
        withText(filled(QStringLiteral("\U0001F468\u200D\U0001F469\u200D\U0001F467"), kSize)));
    measure("combining marks", withText(filled(QStringLiteral("e\u0301"), kSize)));
    measure("one endless cluster",
        withText(QStringLiteral("e") + filled(QStringLiteral("\u0301"), kSize)));
    measure("Devanagari", withText(filled(QStringLiteral("\u0928\u093F "), kSize)));
    measure("Chinese", withText(filled(QStringLiteral("\u4F60\u597D"), kSize)));
    measure("controls", withText(filled(QStringLiteral("\u0001"), kSize / 6)));
    measure("nested formats", withFormats(QString(2000, u'x'), boldAll, false));
    measure("line breaks", withFormats(QString(60000, u'x'), breakHere, true));
    measure("entities", withEntities());
}
