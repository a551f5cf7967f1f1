#pragma once

#include "store/archive/archive.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>
#include <optional>

namespace confab {

/// A folder, a database thread and at most one archive that is open on them.
class ArchiveFixture
{
public:
    ArchiveFixture()
        : m_folder(m_directory.filePath(QStringLiteral("account")))
    {
        m_thread.start();
    }

    ~ArchiveFixture() { endThread(); }

    const QString &folder() const { return m_folder; }
    QThread &thread() { return m_thread; }
    Archive &archive() { return *m_archive; }
    const QStringList &failures() const { return m_failures; }
    const QStringList &repairs() const { return m_repairs; }

    /// Nothing when opening was refused; then failures() has the reason.
    std::optional<ArchiveSnapshot> open(const QString &folder)
    {
        m_archive = std::make_unique<Archive>(folder, &m_thread);
        m_failures.clear();
        m_repairs.clear();
        std::optional<ArchiveSnapshot> result;
        const auto connection = QObject::connect(
            m_archive.get(), &Archive::opened, m_archive.get(),
            [&result](const ArchiveSnapshot &snapshot) { result = snapshot; });
        QObject::connect(m_archive.get(), &Archive::failed, m_archive.get(),
                         [this](const QString &sentence) { m_failures.append(sentence); });
        QObject::connect(m_archive.get(), &Archive::repaired, m_archive.get(),
                         [this](const QString &sentences) { m_repairs.append(sentences); });
        m_archive->open();
        settle();
        QObject::disconnect(connection);
        return result;
    }
    std::optional<ArchiveSnapshot> open() { return open(m_folder); }

    std::optional<ArchiveSnapshot> reopen()
    {
        m_archive.reset();
        return open();
    }

    void close() { m_archive.reset(); }

    /// Until everything asked for so far is done and told.
    bool settle()
    {
        bool done = false;
        m_archive->afterWrites([&done] { done = true; });
        return QTest::qWaitFor([&done] { return done; });
    }

    ArchivePage page(const TopicName &topic, Seq before = 0, int limit = 50)
    {
        QSignalSpy loaded(m_archive.get(), &Archive::pageLoaded);
        m_archive->loadPage(topic, before, limit);
        settle();
        return loaded.isEmpty() ? ArchivePage() : loaded.first().first().value<ArchivePage>();
    }

    void endThread()
    {
        m_archive.reset();
        m_thread.quit();
        m_thread.wait();
    }

private:
    QTemporaryDir m_directory;
    const QString m_folder;
    QThread m_thread;
    std::unique_ptr<Archive> m_archive;
    QStringList m_failures;
    QStringList m_repairs;
};

/// Keeps a thread busy for as long as it lives.
class BusyThread
{
public:
    explicit BusyThread(QThread &thread)
    {
        m_context.moveToThread(&thread);
        QMetaObject::invokeMethod(&m_context, [this] {
            m_begun.release();
            m_end.acquire();
            m_done.release();
        }, Qt::QueuedConnection);
        m_begun.acquire();
    }

    ~BusyThread()
    {
        m_end.release();
        m_done.acquire();
    }

private:
    QObject m_context;
    QSemaphore m_begun;
    QSemaphore m_end;
    QSemaphore m_done;
};

}
