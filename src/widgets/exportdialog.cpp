#include "widgets/exportdialog.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kWidth = 400;
constexpr int kLongestName = 60;
constexpr int kPermille = 1000;

/// A name that every file system takes.
QString fileNameFor(const QString &title)
{
    static const QRegularExpression unfit(QStringLiteral("[\\x00-\\x1f\\\\/:*?\"<>|]+"));
    QString name = QString(title).replace(unfit, QStringLiteral(" ")).simplified().left(kLongestName);
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    return name.isEmpty() ? QStringLiteral("confab") : name;
}

QString documentsFolder()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

}

ExportDialog::ExportDialog(const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_title(title)
    , m_heading(makeParagraph("exportHeading", "heading", "text", this))
    , m_note(makeParagraph("exportNote", "body", "text2", this))
    , m_page(makeFormat("exportPage", tr("A &web page, to read and print")))
    , m_data(makeFormat("exportData", tr("&JSON with everything, for programs")))
    , m_files(new QCheckBox(tr("With &files: pictures, voice messages and all else"), this))
    , m_status(makeParagraph("exportStatus", "body", "text", this))
    , m_progress(new QProgressBar(this))
    , m_cancel(makeButton("exportCancel"))
    , m_advance(makeButton("exportAdvance"))
{
    setObjectName(QStringLiteral("exportDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Button);
    setAutoFillBackground(true);
    setWindowTitle(tr("Export"));
    m_heading->setText(tr("Export %1").arg(title));
    m_heading->setMinimumWidth(kWidth);
    m_page->setChecked(true);
    m_files->setObjectName(QStringLiteral("exportFiles"));
    m_files->setAccessibleName(m_files->text().remove(u'&'));
    m_files->setToolTip(tr("They are put into a folder beside the file."));
    m_files->setChecked(true);
    m_progress->setObjectName(QStringLiteral("exportProgress"));
    m_progress->setAccessibleName(tr("Progress of the export"));
    m_progress->setTextVisible(false);
    m_advance->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_advance, &QPushButton::clicked, this, &ExportDialog::advance);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_advance);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(8);
    column->setSizeConstraint(QLayout::SetFixedSize); // each step is as high as it needs
    column->addWidget(m_heading);
    column->addWidget(m_page);
    column->addWidget(m_data);
    column->addWidget(m_files);
    column->addWidget(m_note);
    column->addWidget(m_status);
    column->addWidget(m_progress);
    column->addSpacing(8);
    column->addLayout(buttons);
    setNote({});
    showStatus({}, "text");
    setState(State::Choosing);
}

QPushButton *ExportDialog::makeButton(const char *name)
{
    auto *button = new QPushButton(this);
    button->setObjectName(QLatin1String(name));
    button->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    return button;
}

QRadioButton *ExportDialog::makeFormat(const char *name, const QString &text)
{
    auto *button = new QRadioButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(QString(text).remove(u'&'));
    return button;
}

void ExportDialog::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty() && m_state == State::Choosing);
}

void ExportDialog::showStatus(const QString &text, const char *color)
{
    setText(m_status, "body", color);
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

void ExportDialog::setState(State state)
{
    m_state = state;
    const bool isChoosing = state == State::Choosing;
    m_page->setVisible(isChoosing);
    m_data->setVisible(isChoosing);
    m_files->setVisible(isChoosing);
    m_note->setVisible(isChoosing && !m_note->text().isEmpty());
    m_progress->setVisible(state == State::Running);
    m_advance->setVisible(state != State::Running);
    m_cancel->setText(state == State::Written ? tr("Close") : tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->text());
    m_advance->setText(isChoosing ? tr("Choose file…") : tr("Open folder"));
    m_advance->setAccessibleName(m_advance->text());
    m_advance->setDefault(isChoosing);
    m_cancel->setDefault(!isChoosing);
    if (state != State::Choosing)
        m_cancel->setFocus();
}

void ExportDialog::advance()
{
    if (m_state == State::Choosing)
        chooseFile();
    else
        emit openFolderRequested(QFileInfo(m_file).absolutePath());
}

void ExportDialog::chooseFile()
{
    const bool isPage = m_page->isChecked();
    auto *dialog = new QFileDialog(this, tr("Export %1").arg(m_title), documentsFolder(),
        isPage ? tr("Web pages (*.html)") : tr("JSON files (*.json)"));
    dialog->setObjectName(QStringLiteral("exportFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(isPage ? QStringLiteral("html") : QStringLiteral("json"));
    dialog->selectFile(fileNameFor(m_title) + u'.' + dialog->defaultSuffix());
    connect(dialog, &QFileDialog::fileSelected, this, [this, isPage](const QString &file) {
        m_file = file;
        setProgress(0, 0);
        emit exportRequested(
            isPage ? ExportFormat::Html : ExportFormat::Json, m_files->isChecked(), file);
    });
    dialog->open();
}

void ExportDialog::setFetching()
{
    showProgress(0, 0, tr("Fetching messages that are not on this computer yet…"));
}

void ExportDialog::setFetchingFiles(qint64 done, qint64 total)
{
    showProgress(done, total, tr("%L1 of %L2 files").arg(done).arg(total));
}

void ExportDialog::setProgress(qint64 written, qint64 total)
{
    showProgress(
        written, total, total > 0 ? tr("%L1 of %L2 messages").arg(written).arg(total) : tr("Writing…"));
}

void ExportDialog::showProgress(qint64 done, qint64 total, const QString &text)
{
    if (m_state != State::Running)
        setState(State::Running);
    m_progress->setRange(0, total > 0 ? kPermille : 0); // 0 to 0: busy
    m_progress->setValue(total > 0 ? int(done * kPermille / total) : 0);
    showStatus(text, "text");
}

void ExportDialog::setEnded(bool cancelled, const QString &error, int missing)
{
    const bool isWritten = !cancelled && error.isEmpty();
    setState(isWritten ? State::Written : State::Choosing);
    if (!isWritten) {
        showStatus(cancelled ? tr("Cancelled. No file was written.") : error,
            cancelled ? "text2" : "danger");
        return;
    }
    const QString file = QDir::toNativeSeparators(m_file);
    if (missing > 0)
        showStatus(tr("%1 is written, but %n file(s) could not be had; it says which and why. Whoever has "
                      "it can read it.",
                       nullptr, missing)
                       .arg(file),
            "text");
    else
        showStatus(tr("All of it is in %1. Whoever has that file can read it.").arg(file), "text");
}

/// Escape, Cancel and the window's own button: what is under way ends first.
void ExportDialog::done(int result)
{
    if (m_state == State::Running)
        emit cancelRequested();
    else
        QDialog::done(result);
}

}
