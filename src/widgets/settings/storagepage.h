#pragma once

#include "widgets/theme.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace confab {

/// How much room the messages of an account take on this computer.
struct StorageView {
    struct Chat {
        QString title;
        qint64 messages = 0;
        qint64 bytes = 0;
    };
    QList<Chat> chats; ///< in any order
    qint64 bytes = 0; ///< of all files
};

/// What the account shown keeps on this computer, the largest chat first; writing it all to a file, and
/// fetching it anew. Shows what it is told and tells what is wanted; it changes nothing itself.
class StoragePage : public QWidget
{
    Q_OBJECT

public:
    enum class Rebuild {
        Possible,
        Offline, ///< there is nobody to fetch from
        Running,
        Never, ///< what is here is nowhere else
    };

    explicit StoragePage(const Theme &theme, QWidget *parent = nullptr);

    void setUse(const StorageView &use);
    /// `account` is named in texts; empty: there is none, and nothing can be done.
    void setAccount(const QString &account);
    void setRebuild(Rebuild state);
    /// Pictures and files that were fetched; they come again when they are looked at.
    void setMediaBytes(qint64 bytes);
    void setMediaLimit(qint64 bytes); ///< how much of them stays, the latest used first

signals:
    void shown(); ///< the person looks at it: setUse() is wanted
    void exportRequested();
    void clearMediaRequested();
    void mediaLimitChosen(qint64 bytes);
    void rebuildRequested(); ///< confirmed by the person

protected:
    void showEvent(QShowEvent *event) override;

private:
    static QString countText(qint64 messages);
    void buildList();
    QLayout *buildMediaRow();
    void showState();
    void confirmRebuild();

    const Theme &m_theme;
    QString m_account;
    Rebuild m_rebuildState = Rebuild::Never;
    QLabel *m_note;
    QTreeWidget *m_chats;
    QLabel *m_total;
    QPushButton *m_export;
    QPushButton *m_rebuild;
    QPushButton *m_clearMedia;
    QLabel *m_media;
    QComboBox *m_mediaLimit;
    QLabel *m_rebuildNote;
};

}
