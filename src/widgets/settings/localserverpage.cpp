#include "widgets/settings/localserverpage.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/settings/localusers.h"
#include "widgets/settings/qrcode.h"

#include <QCheckBox>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kGap = 8;
constexpr int kSectionGap = 20;

QVBoxLayout *makeColumn()
{
    auto *column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, kSectionGap);
    column->setSpacing(kGap);
    return column;
}

}

LocalServerPage::LocalServerPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(0);
    QLabel *heading = makeParagraph("localServerHeading", "heading", "text", this);
    heading->setText(tr("Server on this computer"));
    column->addWidget(heading);
    column->addSpacing(kGap);
    column->addLayout(buildState());
    column->addLayout(buildSharing());
    column->addLayout(buildUsers());
    column->addLayout(buildFolder());
    column->addStretch(1);
    setView({});
}

QLayout *LocalServerPage::buildState()
{
    QVBoxLayout *column = makeColumn();
    m_state = makeParagraph("localServerState", "body", "text", this);
    m_addresses = makeParagraph("localServerAddresses", "body", "text2", this);
    m_addresses->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_addresses->setAccessibleName(tr("Addresses"));
    for (QLabel *label : {m_state, m_addresses})
        column->addWidget(label);
    return column;
}

QLayout *LocalServerPage::buildSharing()
{
    QVBoxLayout *column = makeColumn();
    m_shared = new QCheckBox(tr("Allow others on my network to &join"), this);
    m_shared->setObjectName(QStringLiteral("shareLocalServer"));
    m_shared->setAccessibleName(tr("Allow others on my network to join"));
    connect(m_shared, &QCheckBox::clicked, this, &LocalServerPage::sharingChanged);
    m_reach = makeParagraph("localServerReach", "small", "text2", this);
    m_byInvite = new QCheckBox(tr("&They need an invite code to make an account"), this);
    m_byInvite->setObjectName(QStringLiteral("byInviteLocalServer"));
    m_byInvite->setAccessibleName(tr("They need an invite code to make an account"));
    connect(m_byInvite, &QCheckBox::clicked, this, &LocalServerPage::byInviteChanged);
    m_code = new QrCode(this);
    m_code->setObjectName(QStringLiteral("localServerCode"));
    m_codeNote = makeParagraph("localServerCodeNote", "small", "text2", this);
    m_codeNote->setText(tr("Scan this with another device to get the address, or type it there."));
    auto *row = new QHBoxLayout;
    row->setSpacing(kSectionGap);
    row->addWidget(m_code, 0, Qt::AlignTop);
    row->addWidget(m_codeNote, 1, Qt::AlignTop);
    column->addWidget(m_shared);
    column->addWidget(m_reach);
    column->addWidget(m_byInvite);
    column->addLayout(row);
    return column;
}

QLayout *LocalServerPage::buildUsers()
{
    QVBoxLayout *column = makeColumn();
    m_users = new LocalUsers(m_theme, this);
    column->addWidget(m_users);
    return column;
}

QLayout *LocalServerPage::buildFolder()
{
    QVBoxLayout *column = makeColumn();
    QLabel *title = makeParagraph("localServerDataTitle", "bodyStrong", "text", this);
    title->setText(tr("Data"));
    m_folder = makeParagraph("localServerFolder", "body", "text2", this);
    m_folder->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_folder->setAccessibleName(tr("Data folder"));
    m_openFolder = new QPushButton(tr("&Open folder"), this);
    m_openFolder->setObjectName(QStringLiteral("openLocalServerFolder"));
    m_openFolder->setAccessibleName(tr("Open the data folder"));
    m_backUp = new QPushButton(tr("&Back up…"), this);
    m_backUp->setObjectName(QStringLiteral("backUpLocalServer"));
    m_backUp->setAccessibleName(tr("Back up the server's data"));
    for (QPushButton *button : {m_openFolder, m_backUp})
        button->setAutoDefault(false);
    connect(m_openFolder, &QPushButton::clicked, this,
        [this] { emit openFolderRequested(m_view.dataFolder); });
    connect(m_backUp, &QPushButton::clicked, this, &LocalServerPage::chooseBackupFile);
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("backupProgress"));
    m_progress->setAccessibleName(tr("Progress of the backup"));
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_backupResult = makeParagraph("backupResult", "small", "text2", this);
    m_backupResult->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_openFolder);
    row->addWidget(m_backUp);
    row->addStretch(1);
    column->addWidget(title);
    column->addWidget(m_folder);
    column->addLayout(row);
    column->addWidget(m_progress);
    column->addWidget(m_backupResult);
    return column;
}

void LocalServerPage::setView(const LocalServerView &view)
{
    using State = LocalServerView::State;
    m_view = view;
    const bool isOn = view.state != State::Off;
    switch (view.state) {
    case State::Off:
        m_state->setText(tr("It is not running. It starts when you add an account with “Start on "
                            "this computer”."));
        break;
    case State::Here:
        m_state->setText(tr("It runs as long as Confab is open."));
        break;
    case State::Elsewhere:
        m_state->setText(tr("Another Confab of yours is running it. Change its settings there."));
        break;
    }
    m_addresses->setVisible(isOn);
    m_addresses->setText(view.addresses.join(u'\n'));
    m_shared->setEnabled(view.state == State::Here);
    m_shared->setChecked(view.isShared);
    m_reach->setText(reachText());
    m_byInvite->setVisible(view.isShared);
    m_byInvite->setEnabled(view.state == State::Here);
    m_byInvite->setChecked(view.byInvite);
    m_users->setVisible(isOn);
    m_code->setContent(view.isShared && isOn ? view.addresses.value(0) : QString());
    m_codeNote->setVisible(!m_code->modules().isNull());
    m_folder->setText(QDir::toNativeSeparators(view.dataFolder));
    m_openFolder->setEnabled(!view.dataFolder.isEmpty());
    m_backUp->setEnabled(isOn);
}

QString LocalServerPage::reachText() const
{
    if (!m_view.isShared)
        return tr(
            "Only programs on this computer can reach the server. Nobody else can, not even on "
            "your own network.");
    const QString who = m_view.byInvite
        ? tr(
            "Every device on the networks that this computer is connected to can reach the server; "
            "whoever has an invite code can make an account.")
        : tr("Every device on the networks that this computer is connected to can reach the server "
             "and make an account.");
    return who + u' '
        + tr("Messages travel unencrypted there: do this at home or in an office that you trust, "
             "not "
             "in a café.");
}

void LocalServerPage::chooseBackupFile()
{
    const QString name = QStringLiteral("confab-%1.tar").arg(QDate::currentDate().toString(Qt::ISODate));
    auto *dialog = new QFileDialog(this, tr("Back up the server"), QDir::homePath(),
        tr("Backups (*.tar)"));
    dialog->setObjectName(QStringLiteral("backupFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("tar"));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        setBackupProgress(0);
        emit backupRequested(file);
    });
    dialog->open();
}

void LocalServerPage::setBackupProgress(int percent)
{
    m_backUp->setEnabled(false);
    m_backupResult->hide();
    m_progress->setValue(percent);
    m_progress->show();
}

void LocalServerPage::setBackupResult(const QString &file, const QString &error)
{
    m_backUp->setEnabled(m_view.state != LocalServerView::State::Off);
    m_progress->hide();
    setText(m_backupResult, "small", error.isEmpty() ? "text2" : "danger");
    m_backupResult->setText(error.isEmpty()
            ? tr("Everything is in %1. Whoever has that file can read it all: keep it safe.")
                  .arg(QDir::toNativeSeparators(file))
            : error);
    m_backupResult->show();
}

}
