#include "widgets/media/sendfilesdialog.h"

#include "models/rowtext.h"
#include "widgets/confabstyle.h"
#include "widgets/conversation/mediumwords.h"
#include "widgets/shapes.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeDatabase>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kThumbnail = 48;
constexpr int kRow = 60;
constexpr int kRowsShown = 5;
constexpr int kWidth = 420;
constexpr int kIdRole = Qt::UserRole;

QString nameOf(const Attachment &attachment)
{
    return attachment.path.isEmpty() ? SendFilesDialog::tr("Pasted picture")
                                     : QFileInfo(attachment.path).fileName();
}

QString detailOf(const Attachment &attachment)
{
    if (attachment.path.isEmpty())
        return QStringLiteral("%1 × %2")
            .arg(attachment.image.width())
            .arg(attachment.image.height());
    return rowtext::sizeText(QFileInfo(attachment.path).size());
}

/// Looks the same in a chosen row.
QIcon framed(const QPixmap &inside, const Theme &theme, qreal ratio)
{
    QPixmap frame(QSize(kThumbnail, kThumbnail) * ratio);
    frame.setDevicePixelRatio(ratio);
    frame.fill(Qt::transparent);
    QPainter painter(&frame);
    const QRectF rect(0, 0, kThumbnail, kThumbnail);
    fillRound(painter, rect, 8, theme.colors().code);
    const QSizeF size = QSizeF(inside.size()) / inside.devicePixelRatio();
    painter.drawPixmap(
        QPointF(rect.center().x() - size.width() / 2, rect.center().y() - size.height() / 2),
        inside);
    QIcon icon(frame);
    icon.addPixmap(frame, QIcon::Selected);
    return icon;
}

}

SendFilesDialog::SendFilesDialog(const Theme &theme, const QString &recipient, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_heading(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_caption(new QLineEdit(this))
    , m_compress(
          new QCheckBox(tr("Send pictures smaller, without what cameras write into them"), this))
    , m_more(new QPushButton(tr("Add more"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_send(new QPushButton(tr("Send"), this))
{
    setObjectName(QStringLiteral("sendFilesDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Send files"));
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    m_heading->setText(recipient.isEmpty() ? tr("Send files") : tr("Send to %1").arg(recipient));
    m_heading->setTextFormat(Qt::PlainText);
    setText(m_heading, "heading", "text");
    m_pool.setMaxThreadCount(1);
    build();
    updateParts();
}

SendFilesDialog::~SendFilesDialog()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void SendFilesDialog::build()
{
    m_list->setObjectName(QStringLiteral("sendFilesList"));
    m_list->setAccessibleName(tr("Files to send"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setIconSize({kThumbnail, kThumbnail});
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setBackgroundRole(QPalette::Button);
    m_list->setMinimumWidth(kWidth);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    m_caption->setObjectName(QStringLiteral("sendFilesCaption"));
    m_caption->setPlaceholderText(tr("Caption"));
    m_caption->setAccessibleName(tr("Caption"));
    m_compress->setObjectName(QStringLiteral("sendFilesCompress"));
    m_compress->setChecked(true);
    m_more->setObjectName(QStringLiteral("sendFilesMore"));
    m_remove->setObjectName(QStringLiteral("sendFilesRemove"));
    m_cancel->setObjectName(QStringLiteral("sendFilesCancel"));
    m_send->setObjectName(QStringLiteral("sendFilesSend"));
    m_send->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    m_more->setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    m_remove->setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    m_send->setDefault(true);
    for (QPushButton *button : {m_cancel, m_send})
        button->setMinimumWidth(80 + 2 * ConfabStyle::kRing);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_more);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_send);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(12);
    column->addWidget(m_heading);
    column->addWidget(m_list, 1);
    column->addWidget(m_caption);
    column->addWidget(m_compress);
    column->addLayout(buttons);
    connect(m_more, &QPushButton::clicked, this, &SendFilesDialog::chooseMore);
    connect(m_remove, &QPushButton::clicked, this, &SendFilesDialog::removeCurrent);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &SendFilesDialog::send);
    m_caption->setFocus();
}

void SendFilesDialog::add(const QList<Attachment> &attachments)
{
    for (const Attachment &attachment : attachments)
        addRow(attachment);
    if (!m_list->currentItem())
        m_list->setCurrentRow(0);
    updateParts();
}

int SendFilesDialog::count() const
{
    return m_list->count();
}

void SendFilesDialog::addRow(const Attachment &attachment)
{
    const int id = ++m_lastId;
    m_attachments.insert(id, attachment);
    auto *item = new QListWidgetItem(nameOf(attachment) + u'\n' + detailOf(attachment));
    item->setData(kIdRole, id);
    item->setSizeHint({kWidth, kRow});
    item->setToolTip(nameOf(attachment));
    const QString mime = attachment.path.isEmpty()
        ? QStringLiteral("image/png")
        : QMimeDatabase().mimeTypeForFile(attachment.path, QMimeDatabase::MatchExtension).name();
    const qreal ratio = devicePixelRatioF();
    item->setIcon(framed(
        m_theme.pixmap(fileIcon(mime, nameOf(attachment)), 20, m_theme.colors().text2, ratio),
        m_theme, ratio));
    m_list->addItem(item);
    readRow(id, attachment);
}

/// What it looks like, which takes reading it.
void SendFilesDialog::readRow(int id, const Attachment &attachment)
{
    const qreal ratio = devicePixelRatioF();
    m_pool.start([this, id, attachment, ratio] {
        const bool picture = isPicture(attachment);
        const QSize size = QSize(kThumbnail, kThumbnail) * ratio;
        const QImage image = picture ? thumbnailOf(attachment, size) : QImage();
        QMetaObject::invokeMethod(
            this,
            [this, id, picture, image, ratio] {
                m_pictures.insert(id, picture);
                for (int row = 0; row < m_list->count() && !image.isNull(); ++row) {
                    if (m_list->item(row)->data(kIdRole).toInt() != id)
                        continue;
                    QPixmap pixmap = QPixmap::fromImage(image);
                    pixmap.setDevicePixelRatio(ratio);
                    m_list->item(row)->setIcon(framed(pixmap, m_theme, ratio));
                }
                updateParts();
            },
            Qt::QueuedConnection);
    });
}

bool SendFilesDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool alt = key->modifiers() == Qt::AltModifier;
    if (key->key() == Qt::Key_Delete)
        removeCurrent();
    else if (alt && key->key() == Qt::Key_Up)
        moveCurrent(-1);
    else if (alt && key->key() == Qt::Key_Down)
        moveCurrent(1);
    else
        return false;
    return true;
}

void SendFilesDialog::removeCurrent()
{
    const std::unique_ptr<QListWidgetItem> item(m_list->takeItem(m_list->currentRow()));
    if (item) {
        m_attachments.remove(item->data(kIdRole).toInt());
        m_pictures.remove(item->data(kIdRole).toInt());
    }
    updateParts();
    if (m_list->count() == 0)
        reject();
}

void SendFilesDialog::moveCurrent(int step)
{
    const int row = m_list->currentRow();
    const int to = row + step;
    if (row < 0 || to < 0 || to >= m_list->count())
        return;
    QListWidgetItem *item = m_list->takeItem(row);
    m_list->insertItem(to, item);
    m_list->setCurrentRow(to);
}

void SendFilesDialog::chooseMore()
{
    auto *dialog = new QFileDialog(this, tr("Choose files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        QList<Attachment> more;
        for (const QString &path : paths)
            more.append({path, {}, false});
        add(more);
    });
    dialog->open();
}

void SendFilesDialog::updateParts()
{
    const bool hasPicture = m_pictures.values().contains(true);
    m_compress->setVisible(hasPicture);
    m_remove->setEnabled(m_list->count() > 0);
    m_send->setEnabled(m_list->count() > 0);
    m_list->setFixedHeight(
        qBound(1, m_list->count(), kRowsShown) * kRow + 2 * m_list->frameWidth() + 4);
    adjustSize();
}

void SendFilesDialog::send()
{
    QList<Attachment> chosen;
    for (int row = 0; row < m_list->count(); ++row) {
        const int id = m_list->item(row)->data(kIdRole).toInt();
        Attachment attachment = m_attachments.value(id);
        attachment.asFile = m_pictures.value(id) && !m_compress->isChecked();
        chosen.append(attachment);
    }
    if (chosen.isEmpty())
        return;
    emit sendRequested(chosen, m_caption->text());
    accept();
}

}
