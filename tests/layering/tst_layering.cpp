#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

struct Include {
    QString file; // below src/
    QString target; // as written between the quotes
    QString layer() const { return file.section(u'/', 0, 0); }
    QString targetLayer() const { return target.section(u'/', 0, 0); }
};

const QDir kSource(QStringLiteral(CONFAB_SOURCE_DIR "/src"));

/// The table of design.md §2: what each layer may include besides itself.
const QHash<QString, QSet<QString>> kMayUse{
    {QStringLiteral("wire"), {}},
    {QStringLiteral("socket"), {}},
    {QStringLiteral("store"), {QStringLiteral("wire")}},
    {QStringLiteral("service"),
        {QStringLiteral("wire"), QStringLiteral("socket"), QStringLiteral("store")}},
    {QStringLiteral("models"), {QStringLiteral("wire"), QStringLiteral("store")}},
    {QStringLiteral("widgets"),
        {QStringLiteral("wire"), QStringLiteral("store"), QStringLiteral("models")}},
    {QStringLiteral("sound"), {QStringLiteral("widgets")}},
    {QStringLiteral("server"), {QStringLiteral("wire")}},
    {QStringLiteral("app"),
        {QStringLiteral("wire"), QStringLiteral("socket"), QStringLiteral("store"),
            QStringLiteral("service"), QStringLiteral("models"), QStringLiteral("widgets"),
            QStringLiteral("server")}},
};

QByteArray contents(const QString &file)
{
    QFile source(kSource.filePath(file));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

QStringList sourceFiles()
{
    QStringList files;
    QDirIterator walk(kSource.path(), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
        QDirIterator::Subdirectories);
    while (walk.hasNext())
        files << kSource.relativeFilePath(walk.next());
    files.sort();
    return files;
}

QList<Include> includesOf(const QString &file)
{
    static const QRegularExpression line(
        QStringLiteral("^\\s*#include\\s+\"([^\"]+)\""), QRegularExpression::MultilineOption);
    QList<Include> found;
    auto match = line.globalMatch(QString::fromUtf8(contents(file)));
    while (match.hasNext())
        found << Include{file, match.next().captured(1)};
    return found;
}

/// Files below src/ that use something that must stay inside the given folders.
QStringList outside(const QString &pattern, const QStringList &folders)
{
    const QRegularExpression forbidden(pattern);
    QStringList found;
    for (const QString &file : sourceFiles()) {
        const bool allowed = std::any_of(folders.begin(), folders.end(),
            [&](const QString &folder) { return file.startsWith(folder); });
        if (!allowed && forbidden.match(QString::fromUtf8(contents(file))).hasMatch())
            found << file;
    }
    return found;
}

/// Follows includes between headers; true when `file` is reached again on its own trail.
bool closesRing(const QString &file, const QHash<QString, QStringList> &edges, QStringList &trail,
    QSet<QString> &done)
{
    if (trail.contains(file)) {
        trail << file;
        return true;
    }
    if (done.contains(file))
        return false;
    trail << file;
    for (const QString &next : edges.value(file)) {
        if (closesRing(next, edges, trail, done))
            return true;
    }
    trail.removeLast();
    done.insert(file);
    return false;
}

}

class tst_Layering : public QObject
{
    Q_OBJECT

private slots:
    void everyFolderIsALayer()
    {
        for (const QString &folder : kSource.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY2(kMayUse.contains(folder), qPrintable(folder));
    }

    void includesFollowTheTable()
    {
        QStringList wrong;
        for (const QString &file : sourceFiles()) {
            for (const Include &include : includesOf(file)) {
                // Generated and same-folder names of the build (ui_x.h, x.moc) have no slash.
                if (!include.target.contains(u'/'))
                    continue;
                const QString to = include.targetLayer();
                if (to != include.layer() && !kMayUse.value(include.layer()).contains(to))
                    wrong << file + QStringLiteral(" -> ") + include.target;
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void headersFormNoRing()
    {
        QHash<QString, QStringList> edges;
        for (const QString &file : sourceFiles()) {
            if (!file.endsWith(QLatin1String(".h")))
                continue;
            for (const Include &include : includesOf(file))
                edges[file] << include.target;
        }
        QSet<QString> done;
        for (const QString &file : edges.keys()) {
            QStringList trail;
            QVERIFY2(!closesRing(file, edges, trail, done), qPrintable(trail.join(u'\n')));
        }
    }

    void jsonStaysInWire()
    {
        // The channel is typed by functions and needs none of it either; the programs print JSON.
        const QStringList found = outside(QStringLiteral("#include <QJson"),
            {QStringLiteral("wire/"), QStringLiteral("app/confabctl/")});
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void sqlStaysInTheDatabases()
    {
        const QStringList found = outside(QStringLiteral("#include <(QSql|sqlite3\\.h)"),
            {QStringLiteral("store/archive/"), QStringLiteral("server/db/")});
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void socketTypesStayInTheirLayers()
    {
        const QStringList found
            = outside(QStringLiteral("#include <Q(WebSocket|AbstractSocket|TcpSocket|TcpServer|Ssl)"),
                {QStringLiteral("socket/"), QStringLiteral("server/")});
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(tst_Layering)
#include "tst_layering.moc"
