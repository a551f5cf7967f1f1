#pragma once

#include "widgets/theme.h"

#include <QScrollArea>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace confab {

class ChoiceCard;

/// The first thing a new person sees: two ways to start as large cards, and a third as a link.
class FirstRunPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit FirstRunPage(const Theme &theme, QWidget *parent = nullptr);

    /// Asks for one more account, with a way back, in place of welcoming somebody new.
    void setAdding(bool adding);

signals:
    void startHereChosen();
    void connectChosen();
    void plainChosen();
    void backRequested(); ///< only while adding

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildWelcome();
    void buildCards();
    QWidget *buildPlainLink();
    QWidget *buildBack();
    void arrangeCards();

    const Theme &m_theme;
    QBoxLayout *m_cards;
    ChoiceCard *m_startHere;
    ChoiceCard *m_connect;
    QLabel *m_heading;
    QLabel *m_question;
    QPushButton *m_back;
};

}
