#include "app/confabd/configfile.h"

#include "app/confabd/settings.h"

#include <QCoreApplication>
#include <QFile>
#include <QSet>

#include <algorithm>

namespace confab {

namespace {

constexpr qint64 kMaxLine = 64 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("confabd", text);
}

/// One line into the options; otherwise a sentence.
std::optional<QString> readLine(
    const QString &line, QSet<QString> &seen, server::ServerOptions &options)
{
    const qsizetype equals = line.indexOf(u'=');
    if (equals < 0)
        return tr("Write a setting as name = value.");
    const QString name = line.left(equals).trimmed();
    const QList<Setting> &settings = serverSettings();
    const auto setting = std::find_if(settings.begin(), settings.end(),
        [&](const Setting &one) { return one.name == name; });
    if (setting == settings.end())
        return tr("There is no setting “%1”. See man confabd.").arg(name);
    if (setting->kind != Setting::Kind::List && seen.contains(name))
        return tr("“%1” is set a second time.").arg(name);
    seen.insert(name);
    if (const auto flaw = setting->apply(line.mid(equals + 1).trimmed(), options))
        return tr("%1: %2").arg(name, *flaw);
    return std::nullopt;
}

}

QStringList readConfigFile(const QString &path, server::ServerOptions &options)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {tr("%1 can't be read: %2.").arg(path, file.errorString())};
    QStringList problems;
    QSet<QString> seen;
    for (int number = 1; !file.atEnd(); ++number) {
        const QString line = QString::fromUtf8(file.readLine(kMaxLine)).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        if (const auto flaw = readLine(line, seen, options))
            problems.append(tr("%1, line %2: %3").arg(path).arg(number).arg(*flaw));
    }
    return problems;
}

}
