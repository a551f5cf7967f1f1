#include "wire/media/filename.h"

#include <QMimeDatabase>

namespace confab::wire {

namespace {

/// The end of a name tells what a program makes of it, so it is the start that is left out.
QString lastBytes(const QString &name, qsizetype most)
{
    qsizetype from = 0;
    for (qsizetype size = name.toUtf8().size(); size > most;) {
        const bool isPair = name.at(from).isHighSurrogate() && from + 1 < name.size();
        size -= name.mid(from, isPair ? 2 : 1).toUtf8().size();
        from += isPair ? 2 : 1;
    }
    return name.mid(from);
}

}

QString safeFileName(const QString &name, const QString &mime, const QString &unnamed)
{
    constexpr qsizetype kMostBytes = 120;
    QString safe;
    for (const QChar c : name) {
        // Direction marks turn "gpj.exe" around; the rest means something to a shell or a folder.
        const bool isOdd = c.category() == QChar::Other_Format
            || c.category() == QChar::Other_Control || QStringLiteral("/\\:*?\"<>|").contains(c);
        safe += isOdd ? u'_' : c;
    }
    safe = lastBytes(safe.trimmed(), kMostBytes).trimmed();
    while (safe.startsWith(u'.'))
        safe.remove(0, 1);
    if (!safe.isEmpty())
        return safe;
    const QString suffix = QMimeDatabase().mimeTypeForName(mime).preferredSuffix();
    return suffix.isEmpty() ? unnamed : unnamed + u'.' + suffix;
}

}
