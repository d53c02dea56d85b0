import { expect, test } from 'vitest';
import { LaneNews, type LaneNow } from '../../src/ui/playground/lane-news';

const lane = (id: string, doing?: string, exchangeId = doing === undefined ? undefined : 'x'): LaneNow => ({
  id,
  label: `lane ${id}`,
  exchangeId,
  doing,
});
const answered = () => 'answered';

test('nothing is said of lanes that only stand there', () => {
  expect(new LaneNews().take([lane('1'), lane('2')], answered)).toEqual([]);
});

test('only the lane that changed is named', () => {
  const news = new LaneNews();
  const first = news.take([lane('1', 'loading'), lane('2', 'waiting')], answered);
  expect(first).toEqual(['lane 1: loading', 'lane 2: waiting']);
  expect(news.take([lane('1', 'answering'), lane('2', 'waiting')], answered)).toEqual(['lane 1: answering']);
  expect(news.take([lane('1', 'answering'), lane('2', 'waiting')], answered)).toEqual([]);
});

test('a lane ends with how it ended, once its answer is in the conversation', () => {
  const news = new LaneNews();
  const asked: string[][] = [];
  const ended = (...ids: string[]) => {
    asked.push(ids);
    return 'failed';
  };
  news.take([lane('1', 'answering')], ended);
  expect(news.take([lane('1', undefined, 'x')], ended)).toEqual([]);
  expect(news.take([lane('1')], ended)).toEqual(['lane 1: failed']);
  expect(news.take([lane('1')], ended)).toEqual([]);
  expect(asked).toEqual([['1', 'x']]);
});

test('another conversation, in which the answer is not, says nothing', () => {
  const news = new LaneNews();
  news.take([lane('1', 'answering')], () => undefined);
  expect(news.take([lane('1')], () => undefined)).toEqual([]);
  expect(news.take([lane('new')], answered)).toEqual([]);
});
