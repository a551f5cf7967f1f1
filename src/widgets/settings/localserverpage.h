#pragma once

#include "widgets/theme.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLayout;
class QProgressBar;
class QPushButton;

namespace confab {

class LocalUsers;
class QrCode;

/// What the page shows about the server of this computer.
struct LocalServerView {
    enum class State { Off, Here, Elsewhere };
    State state = State::Off; ///< Elsewhere: another Confab of this user runs it
    QStringList addresses; ///< as people type them; the first one is in the QR code when shared
    bool isShared = false;
    bool byInvite = false; ///< others need a code to make an account
    QString dataFolder;
};

/// "Server on this computer": where it is, who uses it, whether others on the network may join, its
/// folder, and a backup. Shows what it is told and tells what is wanted; it changes nothing itself.
class LocalServerPage : public QWidget
{
    Q_OBJECT

public:
    LocalServerPage(const Theme &theme, QWidget *parent = nullptr);

    void setView(const LocalServerView &view);
    LocalUsers &users() { return *m_users; }
    void setBackupProgress(int percent);
    /// How the backup ended; an empty error: well.
    void setBackupResult(const QString &file, const QString &error);

signals:
    void sharingChanged(bool shared);
    void byInviteChanged(bool byInvite);
    void openFolderRequested(const QString &folder);
    void backupRequested(const QString &file);

private:
    QLayout *buildState();
    QLayout *buildSharing();
    QLayout *buildUsers();
    QString reachText() const;
    QLayout *buildFolder();
    void chooseBackupFile();

    const Theme &m_theme;
    LocalServerView m_view;
    QLabel *m_state = nullptr;
    QLabel *m_addresses = nullptr;
    QCheckBox *m_shared = nullptr;
    QLabel *m_reach = nullptr;
    QCheckBox *m_byInvite = nullptr;
    LocalUsers *m_users = nullptr;
    QrCode *m_code = nullptr;
    QLabel *m_codeNote = nullptr;
    QLabel *m_folder = nullptr;
    QPushButton *m_openFolder = nullptr;
    QPushButton *m_backUp = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_backupResult = nullptr;
};

}
