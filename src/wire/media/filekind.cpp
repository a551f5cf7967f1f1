#include "wire/media/filekind.h"

#include "wire/media/imageheader.h"

#include <QSet>

#include <algorithm>
#include <iterator>

namespace confab::wire {

namespace {

struct Magic {
    QByteArrayView first;
    qsizetype offset = 0;
    QByteArrayView second = {}; ///< at 8, as in RIFF files
};

const Magic kPlayable[] = {
    {"ftyp", 4}, // MPEG-4, QuickTime, 3GP
    {QByteArrayView("OggS\0", 5)},
    {QByteArrayView("\x1a\x45\xdf\xa3", 4)}, // Matroska, WebM
    {"RIFF", 0, "WAVE"},
    {"fLaC"},
    {"ID3"},
    {QByteArrayView("\xff\xfb", 2)},
    {QByteArrayView("\xff\xf3", 2)},
    {QByteArrayView("\xff\xf2", 2)},
    {QByteArrayView("\xff\xf1", 2)},
    {QByteArrayView("\xff\xf9", 2)},
    {"#!AMR"},
};

const Magic kRunnable[] = {
    {QByteArrayView("\x7f"
                    "ELF",
        4)},
    {"MZ"},
    {"#!"},
    {QByteArrayView("\xca\xfe\xba\xbe", 4)}, // Java, and programs of macOS
    {QByteArrayView("\xcf\xfa\xed\xfe", 4)},
    {QByteArrayView("\xce\xfa\xed\xfe", 4)},
    {"[Desktop Entry]"},
};

bool standsAt(QByteArrayView head, qsizetype offset, QByteArrayView bytes)
{
    return head.size() >= offset + bytes.size() && head.sliced(offset, bytes.size()) == bytes;
}

template <typename Table>
bool matches(const Table &table, QByteArrayView head)
{
    constexpr qsizetype kSecond = 8;
    return std::any_of(std::begin(table), std::end(table), [&](const Magic &magic) {
        return standsAt(head, magic.offset, magic.first)
            && (magic.second.isEmpty() || standsAt(head, kSecond, magic.second));
    });
}

bool hasRunnableName(const QString &name)
{
    static const QSet<QString> kSuffixes{QStringLiteral("desktop"), QStringLiteral("sh"),
        QStringLiteral("bash"), QStringLiteral("zsh"), QStringLiteral("csh"), QStringLiteral("run"),
        QStringLiteral("bin"), QStringLiteral("out"), QStringLiteral("appimage"),
        QStringLiteral("flatpakref"), QStringLiteral("flatpakrepo"), QStringLiteral("snap"),
        QStringLiteral("deb"), QStringLiteral("rpm"), QStringLiteral("py"), QStringLiteral("pyc"),
        QStringLiteral("pl"), QStringLiteral("rb"), QStringLiteral("php"), QStringLiteral("lua"),
        QStringLiteral("js"), QStringLiteral("jse"), QStringLiteral("mjs"), QStringLiteral("jar"),
        QStringLiteral("class"), QStringLiteral("exe"), QStringLiteral("com"),
        QStringLiteral("bat"), QStringLiteral("cmd"), QStringLiteral("msi"), QStringLiteral("msix"),
        QStringLiteral("scr"), QStringLiteral("pif"), QStringLiteral("cpl"), QStringLiteral("ps1"),
        QStringLiteral("vbs"), QStringLiteral("vbe"), QStringLiteral("wsf"), QStringLiteral("wsh"),
        QStringLiteral("hta"), QStringLiteral("reg"), QStringLiteral("lnk"), QStringLiteral("url"),
        QStringLiteral("webloc"), QStringLiteral("app"), QStringLiteral("command"),
        QStringLiteral("dmg"), QStringLiteral("pkg"), QStringLiteral("apk"), QStringLiteral("html"),
        QStringLiteral("htm"), QStringLiteral("xhtml"), QStringLiteral("svg"),
        QStringLiteral("svgz"), QStringLiteral("mht"), QStringLiteral("mhtml"),
        QStringLiteral("kdesktop"), QStringLiteral("service")};
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot >= 0 && kSuffixes.contains(name.mid(dot + 1).trimmed().toLower());
}

}

bool isPlayable(QByteArrayView head)
{
    // A picture may carry the marks of a film where its own format does not look.
    return matches(kPlayable, head) && readImageHeader(head).format == ImageFormat::None;
}

bool isExecutable(const QString &name, QByteArrayView head)
{
    return hasRunnableName(name) || (matches(kRunnable, head) && !standsAt(head, 0, "#!AMR"));
}

}
