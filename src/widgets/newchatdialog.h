#pragma once

#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QDialog>

#include <memory>

namespace confab {

/// Finds people and starts a chat or a group. Stays open until the caller accepts it, so that an error
/// can be shown where it happened.
class NewChatDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NewChatDialog(const Theme &theme, QWidget *parent = nullptr);
    ~NewChatDialog() override;

    /// What others find this person by.
    void setOwnId(const QString &id);
    /// Ignored unless `query` is what was asked for last.
    void setResults(const QString &query, const QList<FoundPerson> &people);
    void showError(const ErrorText &error); ///< ends the busy state

signals:
    void searchRequested(const QString &query); ///< 300 ms after the last key
    void chatRequested(const QString &user);
    void groupRequested(const QString &name, const QStringList &members);

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
