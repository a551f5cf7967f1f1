#include "widgets/settings/storagepage.h"

#include "models/rowtext.h"
#include "widgets/confabstyle.h"
#include "widgets/conversation/confirmdialog.h"
#include "widgets/fieldhelpers.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace confab {

namespace {

enum Column { Title, Messages, Size, ColumnCount };

constexpr int kGap = 12;
constexpr qint64 kMiB = 1024 * 1024;
constexpr qint64 kMediaLimits[]
    = {64 * kMiB, 256 * kMiB, 512 * kMiB, 2048 * kMiB, 8192 * kMiB, 32768 * kMiB};

}

QString StoragePage::countText(qint64 messages)
{
    return messages == 1 ? tr("1 message") : tr("%Ln messages", nullptr, int(messages));
}

StoragePage::StoragePage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_note(makeParagraph("storageNote", "body", "text2", this))
    , m_chats(new QTreeWidget(this))
    , m_total(makeParagraph("storageTotal", "bodyStrong", "text", this))
    , m_export(new QPushButton(tr("&Export account…"), this))
    , m_rebuild(new QPushButton(tr("Re&build archive…"), this))
    , m_clearMedia(new QPushButton(tr("&Clear media"), this))
    , m_media(makeParagraph("storageMedia", "body", "text", this))
    , m_mediaLimit(new QComboBox(this))
    , m_rebuildNote(makeParagraph("rebuildNote", "small", "text2", this))
{
    QLabel *heading = makeParagraph("storageHeading", "heading", "text", this);
    heading->setText(tr("Storage"));
    buildList();
    m_export->setObjectName(QStringLiteral("exportAccount"));
    m_export->setAccessibleName(tr("Export account"));
    m_rebuild->setObjectName(QStringLiteral("rebuildArchive"));
    m_rebuild->setAccessibleName(tr("Rebuild archive"));
    m_clearMedia->setObjectName(QStringLiteral("clearMedia"));
    m_clearMedia->setAccessibleName(tr("Clear media"));
    for (QPushButton *button : {m_export, m_rebuild, m_clearMedia})
        button->setAutoDefault(false);
    connect(m_export, &QPushButton::clicked, this, &StoragePage::exportRequested);
    connect(m_rebuild, &QPushButton::clicked, this, &StoragePage::confirmRebuild);
    connect(m_clearMedia, &QPushButton::clicked, this, &StoragePage::clearMediaRequested);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_export);
    buttons->addWidget(m_rebuild);
    buttons->addWidget(m_clearMedia);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(kGap);
    column->addWidget(heading);
    column->addWidget(m_note);
    column->addWidget(m_chats, 1);
    column->addWidget(m_total);
    column->addWidget(m_media);
    column->addLayout(buildMediaRow());
    column->addLayout(buttons);
    column->addWidget(m_rebuildNote);
    setUse({});
    setMediaBytes(0);
    setAccount({});
}

QLayout *StoragePage::buildMediaRow()
{
    auto *label = new QLabel(tr("&Keep at most"), this);
    label->setBuddy(m_mediaLimit);
    m_mediaLimit->setObjectName(QStringLiteral("mediaLimit"));
    m_mediaLimit->setAccessibleName(tr("Most room for pictures and files"));
    for (const qint64 bytes : kMediaLimits)
        m_mediaLimit->addItem(rowtext::sizeText(bytes), bytes);
    connect(m_mediaLimit, &QComboBox::activated, this,
        [this](int row) { emit mediaLimitChosen(m_mediaLimit->itemData(row).toLongLong()); });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_mediaLimit);
    row->addStretch(1);
    return row;
}

void StoragePage::buildList()
{
    m_chats->setObjectName(QStringLiteral("storageChats"));
    m_chats->setAccessibleName(tr("Chats by size"));
    m_chats->setFrameShape(QFrame::NoFrame);
    m_chats->setRootIsDecorated(false);
    m_chats->setUniformRowHeights(true);
    m_chats->setAllColumnsShowFocus(true);
    m_chats->setColumnCount(ColumnCount);
    m_chats->setHeaderHidden(true);
    m_chats->setMinimumHeight(m_theme.scaled(120));
    m_chats->viewport()->setBackgroundRole(QPalette::Button);
    m_chats->header()->setStretchLastSection(false);
    m_chats->header()->setSectionResizeMode(Title, QHeaderView::Stretch);
    m_chats->header()->setSectionResizeMode(Messages, QHeaderView::ResizeToContents);
    m_chats->header()->setSectionResizeMode(Size, QHeaderView::ResizeToContents);
}

void StoragePage::setUse(const StorageView &use)
{
    QList<StorageView::Chat> chats = use.chats;
    std::stable_sort(chats.begin(), chats.end(),
        [](const StorageView::Chat &a, const StorageView::Chat &b) { return a.bytes > b.bytes; });
    m_chats->clear();
    qint64 messages = 0;
    QList<QTreeWidgetItem *> rows;
    for (const StorageView::Chat &chat : std::as_const(chats)) {
        messages += chat.messages;
        auto *row = new QTreeWidgetItem;
        row->setText(Title, chat.title);
        row->setText(Messages, countText(chat.messages));
        row->setText(Size, rowtext::sizeText(chat.bytes));
        row->setTextAlignment(Messages, Qt::AlignRight | Qt::AlignVCenter);
        row->setTextAlignment(Size, Qt::AlignRight | Qt::AlignVCenter);
        rows.append(row);
    }
    m_chats->addTopLevelItems(rows);
    m_total->setText(tr("%1 in all; %2 on disk, with what is needed to search them.")
                         .arg(countText(messages), rowtext::sizeText(use.bytes)));
}

void StoragePage::setAccount(const QString &account)
{
    m_account = account;
    m_note->setText(tr("What this computer keeps of the chats of %1, to be read and searched also "
                       "without a network.")
                        .arg(account));
    m_note->setVisible(!account.isEmpty());
    showState();
}

void StoragePage::setMediaBytes(qint64 bytes)
{
    m_media->setText(bytes > 0
            ? tr("%1 of pictures and files, to show them again without fetching them.")
                  .arg(rowtext::sizeText(bytes))
            : tr("No pictures or files are kept."));
    m_clearMedia->setEnabled(bytes > 0);
}

void StoragePage::setMediaLimit(qint64 bytes)
{
    int row = m_mediaLimit->findData(bytes);
    if (row < 0) { // written into the file by hand
        m_mediaLimit->addItem(rowtext::sizeText(bytes), bytes);
        row = m_mediaLimit->count() - 1;
    }
    m_mediaLimit->setCurrentIndex(row);
}

void StoragePage::setRebuild(Rebuild state)
{
    m_rebuildState = state;
    showState();
}

void StoragePage::showState()
{
    m_export->setEnabled(!m_account.isEmpty());
    m_rebuild->setEnabled(!m_account.isEmpty() && m_rebuildState == Rebuild::Possible);
    m_rebuild->setVisible(m_rebuildState != Rebuild::Never);
    QString note;
    if (m_rebuildState == Rebuild::Offline)
        note = tr("To rebuild the archive, Confab has to be connected.");
    else if (m_rebuildState == Rebuild::Running)
        note = tr("The messages are being fetched again. You can go on meanwhile.");
    m_rebuildNote->setText(note);
    m_rebuildNote->setVisible(!note.isEmpty());
}

void StoragePage::confirmRebuild()
{
    auto *dialog = new ConfirmDialog(window());
    dialog->setObjectName(QStringLiteral("rebuildDialog"));
    dialog->setQuestion(tr("Rebuild the archive?"),
        tr("All messages of %1 on this computer are thrown away and fetched from the server again. "
           "Messages that the server no longer has are lost. Drafts and messages that are not sent yet "
           "stay.")
            .arg(m_account));
    dialog->setButtons(tr("Keep it"), tr("Rebuild archive"));
    connect(dialog, &QDialog::accepted, this, &StoragePage::rebuildRequested);
    dialog->open();
}

void StoragePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    emit shown();
}

}
