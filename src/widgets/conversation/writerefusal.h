#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace confab {

/// Stands in the composer in place of the text where nothing can be written: why, and a button that
/// asks for the right to, where asking may help.
class WriteRefusal : public QWidget
{
    Q_OBJECT

public:
    explicit WriteRefusal(QWidget *parent);

    /// `help`: the words of the button; empty: none. An empty reason: nothing is refused.
    void setReason(const QString &reason, const QString &help);
    bool isRefused() const;
    void applyTheme();

signals:
    void helpRequested();

private:
    QLabel *m_reason;
    QPushButton *m_help;
};

}
