#include "widgets/composer/dictionaries.h"

#include <QDir>
#include <QLocale>
#include <QStandardPaths>

#include <algorithm>

namespace confab {

QString Dictionary::name() const
{
    const QLocale locale(language);
    if (locale.language() == QLocale::C)
        return language;
    QString name = locale.nativeLanguageName();
    if (!name.isEmpty())
        name[0] = name.at(0).toUpper();
    const bool hasCountry = language.contains(u'_');
    return hasCountry ? QStringLiteral("%1 (%2)").arg(name, locale.nativeTerritoryName()) : name;
}

QList<Dictionary> findDictionaries()
{
    QList<Dictionary> found;
    const QStringList folders = QStandardPaths::locateAll(QStandardPaths::GenericDataLocation,
        QStringLiteral("hunspell"), QStandardPaths::LocateDirectory);
    for (const QString &folder : folders) {
        const QDir dir(folder);
        for (QString file : dir.entryList({QStringLiteral("*.aff")}, QDir::Files)) {
            file.chop(4);
            const bool isKnown = std::any_of(found.begin(), found.end(),
                [&](const Dictionary &each) { return each.language == file; });
            if (!isKnown && dir.exists(file + QStringLiteral(".dic")))
                found += Dictionary{file, dir.filePath(file)};
        }
    }
    std::sort(found.begin(), found.end(), [](const Dictionary &a, const Dictionary &b) {
        return a.name().localeAwareCompare(b.name()) < 0;
    });
    return found;
}

QStringList preferredLanguages(const QList<Dictionary> &found)
{
    QStringList languages;
    for (QString wanted : QLocale::system().uiLanguages()) {
        wanted.replace(u'-', u'_');
        for (const Dictionary &each : found) {
            // "de" takes the first German one; "de_AT" that one only.
            const bool fits = each.language == wanted
                || (!wanted.contains(u'_') && each.language.startsWith(wanted + u'_'));
            const QString language = each.language.section(u'_', 0, 0);
            const bool hasIt = std::any_of(languages.begin(), languages.end(),
                [&](const QString &taken) { return taken.section(u'_', 0, 0) == language; });
            if (fits && !hasIt)
                languages += each.language;
        }
    }
    return languages;
}

}
