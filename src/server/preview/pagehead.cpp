#include "server/preview/pagehead.h"

#include "wire/cleantext.h"

#include <QHash>
#include <QStringDecoder>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <memory>

namespace confab::server {

namespace {

constexpr qsizetype kMaxTitle = 200; // characters
constexpr qsizetype kMaxDescription = 300;
constexpr qsizetype kMaxSite = 60;
constexpr qsizetype kMaxCollected = 16 * 1024; // bytes of one text, before it is cleaned
constexpr int kMaxFacts = 200;

/// What the parser's callbacks gather.
struct Gathered {
    QHash<QByteArray, QByteArray> facts; ///< the first value of each property
    QByteArray title;
    QByteArray base;
    bool inTitle = false;
};

QByteArray fromXml(const xmlChar *text)
{
    return QByteArray(reinterpret_cast<const char *>(text)).left(kMaxCollected);
}

/// Of a list of names and values, alternating.
QByteArray attribute(const xmlChar **list, const char *name)
{
    for (; list && list[0]; list += 2) {
        if (list[1] && qstricmp(reinterpret_cast<const char *>(list[0]), name) == 0)
            return fromXml(list[1]);
    }
    return {};
}

void takeMeta(Gathered &gathered, const xmlChar **attributes)
{
    QByteArray key = attribute(attributes, "property");
    if (key.isEmpty())
        key = attribute(attributes, "name");
    key = key.trimmed().toLower();
    const QByteArray content = attribute(attributes, "content");
    if (!key.isEmpty() && !content.isEmpty() && !gathered.facts.contains(key)
        && gathered.facts.size() < kMaxFacts)
        gathered.facts.insert(key, content);
}

void startElement(void *data, const xmlChar *name, const xmlChar **attributes)
{
    auto &gathered = *static_cast<Gathered *>(data);
    const QByteArrayView element(reinterpret_cast<const char *>(name));
    gathered.inTitle = element == "title" && gathered.title.isEmpty();
    if (element == "meta")
        takeMeta(gathered, attributes);
    else if (element == "base" && gathered.base.isEmpty())
        gathered.base = attribute(attributes, "href");
}

void endElement(void *data, const xmlChar *)
{
    static_cast<Gathered *>(data)->inTitle = false;
}

void characters(void *data, const xmlChar *text, int length)
{
    auto &gathered = *static_cast<Gathered *>(data);
    if (gathered.inTitle && gathered.title.size() < kMaxCollected)
        gathered.title += QByteArray(reinterpret_cast<const char *>(text), length);
}

QString cleaned(const QByteArray &utf8, qsizetype most)
{
    return wire::cleanLine(QString::fromUtf8(utf8).simplified(), most);
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8); // a page may be cut in the middle of a character
    const QString text = decoder.decode(bytes);
    return !decoder.hasError();
}

QUrl addressIn(const QByteArray &utf8)
{
    return QUrl(QString::fromUtf8(utf8.trimmed()));
}

Gathered gather(const QByteArray &html, const QByteArray &charset)
{
    Gathered gathered;
    xmlSAXHandler handler = {};
    handler.startElement = &startElement;
    handler.endElement = &endElement;
    handler.characters = &characters;
    const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
        htmlCreatePushParserCtxt(&handler, &gathered, nullptr, 0, nullptr, XML_CHAR_ENCODING_NONE),
        &htmlFreeParserCtxt);
    if (!parser)
        return gathered;
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    const QByteArray known = charset.isEmpty() && isUtf8(html) ? QByteArray("utf-8") : charset;
    if (xmlCharEncodingHandler *encoding
        = known.isEmpty() ? nullptr : xmlFindCharEncodingHandler(known.constData())) {
        xmlSwitchToEncoding(parser.get(), encoding);
        options |= HTML_PARSE_IGNORE_ENC;
    } // else a meta element says it, or it is Latin 1
    htmlCtxtUseOptions(parser.get(), options);
    htmlParseChunk(parser.get(), html.constData(), int(html.size()), 0);
    htmlParseChunk(parser.get(), nullptr, 0, 1);
    return gathered;
}

}

PageHead readPageHead(const QByteArray &html, const QByteArray &charset, const QUrl &url)
{
    const Gathered gathered = gather(html, charset);
    const auto first = [&](std::initializer_list<const char *> keys) {
        for (const char *key : keys) {
            const QByteArray value = gathered.facts.value(key);
            if (!value.trimmed().isEmpty())
                return value;
        }
        return QByteArray();
    };
    PageHead head;
    head.title = cleaned(first({"og:title", "twitter:title"}), kMaxTitle);
    if (head.title.isEmpty())
        head.title = cleaned(gathered.title, kMaxTitle);
    head.description
        = cleaned(first({"og:description", "twitter:description", "description"}), kMaxDescription);
    head.site = cleaned(first({"og:site_name", "application-name"}), kMaxSite);
    const QByteArray image = first(
        {"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"});
    const QUrl base = url.resolved(addressIn(gathered.base));
    const QUrl absolute = image.isEmpty() ? QUrl() : base.resolved(addressIn(image));
    if (absolute.scheme() == QLatin1String("https") || absolute.scheme() == QLatin1String("http"))
        head.image = absolute;
    return head;
}

}
