#pragma once

#include "widgets/theme.h"

#include <QScrollArea>

class QBoxLayout;

namespace confab {

class ChoiceCard;

/// The first thing a new person sees: two ways to start as large cards, and a third as a link.
class FirstRunPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit FirstRunPage(const Theme &theme, QWidget *parent = nullptr);

signals:
    void startHereChosen();
    void connectChosen();
    void plainChosen();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildWelcome();
    void buildCards();
    QWidget *buildPlainLink();
    void arrangeCards();

    const Theme &m_theme;
    QBoxLayout *m_cards;
    ChoiceCard *m_startHere;
    ChoiceCard *m_connect;
};

}
