#pragma once

#include "store/export/exportformat.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QRadioButton;

namespace confab {

/// Writing chats to a file: the format, the file, how far it is, and how it ended. Shows what it is told
/// and tells what is wanted. Closing it cancels what is under way.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// `title` is what is exported: a chat or an account.
    explicit ExportDialog(const QString &title, QWidget *parent);

    /// Something to know before one begins; empty: nothing.
    void setNote(const QString &note);
    void setFetching(); ///< what is missing on this computer comes first
    void setFetchingFiles(qint64 done, qint64 total);
    void setProgress(qint64 written, qint64 total); ///< messages
    /// `error` is a sentence, empty after success. `missing`: files that could not be had.
    void setEnded(bool cancelled, const QString &error, int missing);

signals:
    void exportRequested(confab::ExportFormat format, bool withFiles, const QString &file);
    void cancelRequested(); ///< setEnded() is wanted
    void openFolderRequested(const QString &folder);

public slots:
    void done(int result) override;

private:
    enum class State { Choosing, Running, Written };

    QRadioButton *makeFormat(const char *name, const QString &text);
    QPushButton *makeButton(const char *name);
    void setState(State state);
    void showProgress(qint64 done, qint64 total, const QString &text);
    void showStatus(const QString &text, const char *color);
    void advance();
    void chooseFile();

    State m_state = State::Choosing;
    QString m_title;
    QString m_file;
    QLabel *m_heading;
    QLabel *m_note;
    QRadioButton *m_page;
    QRadioButton *m_data;
    QCheckBox *m_files;
    QLabel *m_status;
    QProgressBar *m_progress;
    QPushButton *m_cancel; ///< or Close
    QPushButton *m_advance; ///< to the next step, or to the folder
};

}
