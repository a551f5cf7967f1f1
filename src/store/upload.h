#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace confab {

/// A file that goes with a message and that the server has to hold before the message may be sent.
/// Its bytes are a copy of our own, in the account's folder, from before the message is queued
/// until the server has numbered it. Entities of the message point to it by placeholder() until
/// then.
struct Upload {
    QString id; ///< UUID without braces; also the name of the copy
    QString mime;
    QString name; ///< for people; never a path
    qint64 size = 0; ///< bytes
    QString ref; ///< where the server holds it; empty: not yet
    QDateTime expires; ///< when the server drops it unless a message points to it by then

    /// Stands in the message where the server's reference will.
    QString placeholder() const { return placeholderOf(id); }
    static QString placeholderOf(const QString &id) { return QLatin1String(kPrefix) + id; }
    /// Empty if the reference is none of ours.
    static QString idOf(const QString &reference)
    {
        return reference.startsWith(QLatin1String(kPrefix))
            ? reference.mid(QLatin1String(kPrefix).size())
            : QString();
    }
    bool isHeld(const QDateTime &now) const { return !ref.isEmpty() && now < expires; }
    bool operator==(const Upload &) const = default;

private:
    static constexpr char kPrefix[] = "upload/";
};

/// Where the copies of an account's uploads lie.
inline QString uploadFolder(const QString &accountFolder)
{
    return accountFolder + QStringLiteral("/uploads");
}

}

Q_DECLARE_METATYPE(confab::Upload)
