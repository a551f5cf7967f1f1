#include "wire/drafty/plaintext.h"

#include "wire/cleantext.h"
#include "wire/drafty/graphemes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMaxFormats = 1000;
constexpr qsizetype kMaxEntities = 200;
constexpr qsizetype kMaxFileName = 120;

/// One `fmt` entry with its entity looked up.
struct Format {
    qsizetype at = 0; ///< in grapheme clusters; -1: attached to the message as a whole
    qsizetype length = 0;
    QString type;
    QJsonObject data;
};

QString word(const char *text)
{
    return QCoreApplication::translate("confab::wire::plainText", text);
}

bool isQuote(const Format &format)
{
    return format.type == "QQ"_L1;
}

/// What is shown by something other than its words.
bool isMedium(const Format &format)
{
    static constexpr QLatin1String kMedia[]
        = {"IM"_L1, "VD"_L1, "AU"_L1, "EX"_L1, "TC"_L1, "VC"_L1};
    return std::find(std::begin(kMedia), std::end(kMedia), format.type) != std::end(kMedia);
}

/// What stands for a medium where there are no words.
QString fileLabel(const QJsonObject &data)
{
    const QString mime = data.value("mime"_L1).toString();
    if (mime == "text/x-drafty-fr"_L1)
        return {}; // the answer of a form: for programs
    if (mime == "text/x-the-card"_L1)
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Contact"));
    const QString name = cleanLine(data.value("name"_L1).toString(), kMaxFileName);
    return name.isEmpty() ? word(QT_TRANSLATE_NOOP("confab::wire::plainText", "File")) : name;
}

QString contactLabel(const QJsonObject &data)
{
    const QString name = cleanLine(data.value("fn"_L1).toString(), kMaxFileName);
    return name.isEmpty() ? word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Contact")) : name;
}

QString label(const Format &format)
{
    if (format.type == "IM"_L1)
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Picture"));
    if (format.type == "VD"_L1)
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Video"));
    if (format.type == "AU"_L1)
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Voice message"));
    if (format.type == "VC"_L1)
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Call"));
    if (format.type == "TC"_L1)
        return contactLabel(format.data);
    if (format.type == "EX"_L1)
        return fileLabel(format.data);
    return {};
}

QString labels(const QList<Format> &formats)
{
    QStringList all;
    for (const Format &format : formats) {
        const QString one = label(format);
        if (!one.isEmpty() && !all.contains(one))
            all += one;
    }
    return all.join(", "_L1);
}

/// A whole number, 0 if absent; -2, which means nothing anywhere here, for anything else.
qsizetype offset(const QJsonObject &object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    return value.isUndefined() || value.isNull() ? 0 : value.toInt(-2);
}

Format readFormat(const QJsonObject &object, const QJsonArray &entities)
{
    Format format{
        offset(object, "at"_L1), offset(object, "len"_L1), object.value("tp"_L1).toString(), {}};
    const qsizetype key = offset(object, "key"_L1);
    if (format.type.isEmpty() && key >= 0 && key < std::min(entities.size(), kMaxEntities)) {
        const QJsonObject entity = entities.at(key).toObject();
        format.type = entity.value("tp"_L1).toString();
        format.data = entity.value("data"_L1).toObject();
    }
    return format;
}

QList<Format> readFormats(const QJsonObject &drafty)
{
    const QJsonArray entities = drafty.value("ent"_L1).toArray();
    QJsonArray formats = drafty.value("fmt"_L1).toArray();
    if (formats.isEmpty() && entities.size() == 1)
        formats.append(QJsonObject()); // a lone entity needs no format (protocol.md §8)
    QList<Format> result;
    const qsizetype count = std::min(formats.size(), kMaxFormats);
    for (qsizetype i = 0; i < count; ++i) {
        Format format = readFormat(formats.at(i).toObject(), entities);
        if (format.at >= -1 && format.length >= 0 && !format.type.isEmpty())
            result += std::move(format);
    }
    return result;
}

/// Counts, for each code unit of a text, how many hidden spans cover it.
class Cover
{
public:
    explicit Cover(qsizetype size)
        : m_steps(size + 1, 0)
    {
    }
    void add(qsizetype begin, qsizetype end)
    {
        ++m_steps[begin];
        --m_steps[end];
    }
    /// To be asked for every place in turn, from 0.
    bool covers(qsizetype at) { return (m_depth += m_steps.at(at)) > 0; }

private:
    QList<int> m_steps;
    int m_depth = 0;
};

QString render(QStringView text, const QList<Format> &formats, bool withQuotes)
{
    const Graphemes graphemes(text);
    Cover hidden(text.size());
    QList<bool> breaks(text.size() + 1, false);
    for (const Format &format : formats) {
        if (format.at < 0 || format.at > graphemes.count())
            continue;
        const qsizetype begin = graphemes.position(format.at);
        const qsizetype end = graphemes.position(format.at + format.length);
        const bool isBreak = format.type == "BR"_L1;
        // These replace a blank; if there are words instead, they are not lost for it.
        const bool replaces
            = (isBreak || isMedium(format)) && text.mid(begin, end - begin).trimmed().isEmpty();
        if (replaces || format.type == "HD"_L1 || (isQuote(format) && !withQuotes))
            hidden.add(begin, end);
        if (isBreak)
            breaks[begin] = true;
    }
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool isHidden = hidden.covers(i);
        if (breaks.at(i))
            result += u'\n';
        if (i < text.size() && !isHidden)
            result += text.at(i);
    }
    return result;
}

QString draftyText(const QJsonObject &drafty)
{
    const QString text = cutText(drafty.value("txt"_L1).toString(), kMaxText);
    const QList<Format> formats = readFormats(drafty);
    if (formats.isEmpty())
        return text;
    QString result = render(text, formats, false).trimmed();
    if (result.isEmpty())
        result = labels(formats);
    if (result.isEmpty())
        result = render(text, formats, true).trimmed();
    return result;
}

}

QString plainText(const Head &head, const JsonBlob &content)
{
    const QJsonValue &value = content.value();
    if (value.isString())
        return cleanText(value.toString(), kMaxText);
    if (value.isObject())
        return cleanText(draftyText(value.toObject()), kMaxText);
    if (value.isDouble() || value.isBool())
        return QString::fromUtf8(content.bytes());
    return head.webrtc().isEmpty() ? QString()
                                   : word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Call"));
}

}
