#include "server/preview/pagehead.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// For libFuzzer: the name of a charset and its length before it, then any page in it. Whatever the page
// holds, what is told of it is short, on one line, and leads to the web.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace confab::server;
    constexpr std::size_t kMaxCharset = 16;
    const std::size_t named = size > 0 && data[0] <= kMaxCharset && data[0] < size ? data[0] : 0;
    const char *bytes = reinterpret_cast<const char *>(data);
    const QByteArray charset(bytes + (named > 0 ? 1 : 0), qsizetype(named));
    const std::size_t start = named > 0 ? named + 1 : 0;
    const QByteArray page(bytes + start, qsizetype(size - start));
    const PageHead head
        = readPageHead(page, charset, QUrl(QStringLiteral("https://web.test/dir/page")));
    const auto isLine = [](const QString &text, qsizetype most) {
        return text.size() <= most && !text.contains(u'\n') && !text.contains(QChar(0));
    };
    const bool leadsToTheWeb = head.image.isEmpty() || head.image.scheme() == QLatin1String("https")
        || head.image.scheme() == QLatin1String("http");
    if (!isLine(head.title, 200) || !isLine(head.description, 300) || !isLine(head.site, 60)
        || !leadsToTheWeb)
        std::abort();
    return 0;
}
