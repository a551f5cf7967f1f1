#pragma once

#include "widgets/media/attachmentmaker.h"
#include "widgets/theme.h"

#include <QDialog>
#include <QThreadPool>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace confab {

/// Files and pictures about to be sent: in which order, with which caption, pictures made smaller
/// or as they are. Rows are dragged, or moved with Alt+Up and Alt+Down; Delete takes one out.
class SendFilesDialog : public QDialog
{
    Q_OBJECT

public:
    SendFilesDialog(const Theme &theme, const QString &recipient, QWidget *parent);
    ~SendFilesDialog() override;

    void add(const QList<Attachment> &attachments);
    int count() const;

signals:
    /// In the order shown. The dialog closes.
    void sendRequested(const QList<confab::Attachment> &attachments, const QString &caption);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void addRow(const Attachment &attachment);
    void readRow(int id, const Attachment &attachment);
    void removeCurrent();
    void moveCurrent(int step);
    void chooseMore();
    void updateParts();
    void send();

    const Theme &m_theme;
    QHash<int, Attachment> m_attachments; ///< by the id in the rows
    QHash<int, bool> m_pictures;
    QThreadPool m_pool;
    QLabel *m_heading;
    QListWidget *m_list;
    QLineEdit *m_caption;
    QCheckBox *m_compress;
    QPushButton *m_more;
    QPushButton *m_remove;
    QPushButton *m_cancel;
    QPushButton *m_send;
    int m_lastId = 0;
};

}
