#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace confab {

/// A dictionary of hunspell on this computer.
struct Dictionary {
    QString language; ///< as its files are named: "de_DE", "en_US"
    QString path; ///< without ".aff" and ".dic"

    QString name() const; ///< in that language, with the country
    bool operator==(const Dictionary &) const = default;
};

/// Those in share/hunspell of XDG_DATA_HOME and XDG_DATA_DIRS, sorted by name, each language once:
/// the person's own before the system's. Reads folders: done once, when first needed.
QList<Dictionary> findDictionaries();

/// Of the found ones, those for the languages of the desktop.
QStringList preferredLanguages(const QList<Dictionary> &found);

}
