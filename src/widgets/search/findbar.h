#pragma once

#include "models/searchresultsmodel.h"
#include "widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace confab {

/// Search in the open chat: a strip with a field, which hit of how many, older and newer. Typing
/// searches and goes to the newest hit; Enter goes to the next older one, Shift+Enter back, Escape ends.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(const Theme &theme, QWidget *parent = nullptr);

    /// Both outlive the bar or are taken away first.
    void setModel(TopicList *topics, SearchResultsModel *model);
    void setTopic(const TopicName &topic); ///< where to search; ends a search elsewhere
    void focusField();

signals:
    void hitShown(confab::Seq seq, const confab::SearchQuery &query);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void takeChange();
    void step(int by); ///< +1: older
    void goTo(int row);
    void showCount();

    const Theme &m_theme;
    QPointer<TopicList> m_topics;
    QPointer<SearchResultsModel> m_model;
    QLineEdit *m_field;
    QLabel *m_count;
    QToolButton *m_older;
    QToolButton *m_newer;
    TopicName m_topic;
    SearchQuery m_shown; ///< whose newest hit has been gone to
    int m_row = -1;
    bool m_stepping = false; ///< waits for a page to go on
};

}
