#pragma once

#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QScrollArea>

class QFrame;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace confab {

/// A page with one card in its middle: mark, heading, fields, Back and one primary button. Scrolls
/// where the window is too small. While busy the fields and the primary button are disabled, Back
/// stays.
class FormPage : public QScrollArea
{
    Q_OBJECT

public:
    /// `name` becomes the object name of the page and the beginning of those of its parts.
    FormPage(const Theme &theme, const QString &name, QWidget *parent);

    void setBusy(bool busy, const QString &status = {});
    bool isBusy() const { return m_busy; }

signals:
    void backRequested();

protected:
    void setHeading(const QString &heading, const QString &hint);
    /// Takes the fields in; they stand between heading and buttons.
    void setForm(QWidget *form);
    QPushButton *primaryButton() const { return m_primary; }
    QLabel *note() const { return m_note; } ///< below the card
    const Theme &theme() const { return m_theme; }
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    /// What the primary button and Enter do.
    virtual void submit() = 0;
    /// Where the focus goes when the page is shown.
    virtual QWidget *firstField() const = 0;

private:
    void buildCard();
    QHBoxLayout *buildHead();
    QHBoxLayout *buildButtons();

    const Theme &m_theme;
    QFrame *m_card;
    QVBoxLayout *m_column;
    QLabel *m_heading;
    QLabel *m_hint;
    QLabel *m_note;
    QLabel *m_status;
    QPushButton *m_back;
    QPushButton *m_primary;
    QWidget *m_form = nullptr;
    bool m_busy = false;
};

}
