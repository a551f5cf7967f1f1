#pragma once

#include "server/db/accountrow.h"

#include <QList>
#include <QObject>
#include <QThreadPool>

#include <functional>
#include <optional>

namespace confab::server {
class Administration;
}

namespace confab {

/// The accounts of the server of this computer, looked at and changed as `confabd user` does it,
/// whether that server runs in this program or in another. Each call returns at once and is done in
/// turn on a thread of its own, because it waits for the disk and, with a password, for its hash.
/// GUI thread; the destructor waits for what has begun.
class LocalAccounts : public QObject
{
    Q_OBJECT

public:
    explicit LocalAccounts(const QString &folder, QObject *parent = nullptr);
    ~LocalAccounts() override;

    /// Ends with listed().
    void list();
    // Each of these ends with finished(), and then listed().
    void add(const QString &login, const QString &password, const QString &name);
    void setPassword(const QString &login, const QString &password);
    void setDisabled(const QString &login, bool disabled);
    void remove(const QString &login);
    /// Ends with invited(), or with finished() and an error.
    void makeInvite(int uses, int days);

signals:
    /// Those that people sign in to, in the order in which they were made.
    void listed(const QList<confab::server::AccountRow> &accounts);
    /// An empty error: all went well; otherwise a sentence.
    void finished(const QString &error);
    void invited(const QString &code, const QDateTime &expires);

private:
    using Change = std::function<std::optional<QString>(server::Administration &)>;

    void change(const Change &change);

    const QString m_folder;
    QThreadPool m_work; ///< of one thread
};

}
